package dev.homeport.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A running MCP server, asked for one thing after the other by several callers on one connection.
///
/// Each caller asks again as soon as it is answered. One thread sends and reads, requests are ready
/// made and of an answer no more is read than its id and whether it is an error, so that the driver
/// leaves the processors to the server. For one thread.
final class StdioDriver implements AutoCloseable {
  /// The most callers.
  static final int CALLERS = 64;

  private static final byte[] HEAD = "{\"jsonrpc\":\"2.0\",\"id\":".getBytes(US_ASCII);
  private static final byte[] ID = "\"id\":".getBytes(US_ASCII);
  private static final byte[] ERROR = "\"error\":{".getBytes(US_ASCII);
  private static final byte[] IS_ERROR = "\"isError\":true".getBytes(US_ASCII);
  private static final String HANDSHAKE =
      """
      {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25",\
      "capabilities":{},"clientInfo":{"name":"benchmark","version":"1"}}}
      """;
  private static final String INITIALIZED =
      """
      {"jsonrpc":"2.0","method":"notifications/initialized"}
      """;

  private final Process process;
  private final OutputStream in;
  private final InputStream out;
  private byte[] buffer = new byte[256 * 1024];
  private int position;
  private int answer;
  private int filled;
  private int sent;

  private StdioDriver(Process process) {
    this.process = process;
    this.in = process.getOutputStream();
    this.out = process.getInputStream();
  }

  /// Starts a server and shakes hands.
  ///
  /// @param errors where its standard error goes
  static StdioDriver start(List<String> command, Map<String, String> environment, Path errors)
      throws IOException {
    var builder = new ProcessBuilder(command).redirectError(errors.toFile());
    builder.environment().putAll(environment);
    var driver = new StdioDriver(builder.start());
    driver.in.write(HANDSHAKE.getBytes(UTF_8));
    driver.in.flush();
    driver.awaitAnswer();
    driver.in.write(INITIALIZED.getBytes(UTF_8));
    driver.in.flush();
    return driver;
  }

  /// What callers ask for.
  @FunctionalInterface
  interface Load {
    /// The next request of a caller, without what comes before its id, with its line feed.
    ///
    /// @param turn how many requests the caller has sent
    byte[] next(int caller, int turn);
  }

  /// Lets callers work for a while.
  ///
  /// @param callers at most [#CALLERS]
  Sample run(Load load, int callers, Duration time) throws IOException {
    long deadline = System.nanoTime() + time.toNanos();
    return run(load, callers, (_, now) -> now < deadline);
  }

  /// Lets callers work until so many requests are answered.
  Sample run(Load load, int callers, int requests) throws IOException {
    return run(load, callers, (answered, _) -> answered <= requests - callers);
  }

  private interface Condition {
    boolean goesOn(int answered, long now);
  }

  private Sample run(Load load, int callers, Condition condition) throws IOException {
    var times = new Sample.Times();
    long[] sentAt = new long[callers];
    int[] sentIds = new int[callers];
    int[] turns = new int[callers];
    Duration cpu = cpu();
    long start = System.nanoTime();
    for (int caller = 0; caller < callers; caller++) {
      sentAt[caller] = System.nanoTime();
      sentIds[caller] = send(caller, load.next(caller, 0));
    }
    long now = start;
    int answered = 0;
    for (int open = callers; open > 0; open--) {
      int id = awaitAnswer();
      int caller = id % CALLERS;
      if (caller >= callers || sentIds[caller] != id) {
        throw new IOException("an answer that nobody waits for, with id " + id);
      }
      now = System.nanoTime();
      answered++;
      times.add(now - sentAt[caller]);
      sentIds[caller] = -1;
      if (condition.goesOn(answered, now)) {
        turns[caller]++;
        sentAt[caller] = now;
        sentIds[caller] = send(caller, load.next(caller, turns[caller]));
        open++;
      }
    }
    return times.sample(now - start, cpu().minus(cpu));
  }

  /// Asks once and waits for the answer.
  ///
  /// @param request what follows the id, with its line feed
  /// @return the answer's line
  String ask(byte[] request) throws IOException {
    send(0, request);
    awaitAnswer();
    return new String(buffer, answer, position - answer - 1, UTF_8);
  }

  private Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /// Ids are such that the one of an answer tells the caller.
  ///
  /// @return the id
  private int send(int caller, byte[] request) throws IOException {
    sent++;
    int number = sent * CALLERS + caller;
    byte[] id = Integer.toString(number).getBytes(US_ASCII);
    byte[] line = Arrays.copyOf(HEAD, HEAD.length + id.length + request.length);
    System.arraycopy(id, 0, line, HEAD.length, id.length);
    System.arraycopy(request, 0, line, HEAD.length + id.length, request.length);
    in.write(line);
    in.flush();
    return number;
  }

  /// The id of the next answer; what is no answer is skipped.
  private int awaitAnswer() throws IOException {
    while (true) {
      int end = awaitLine();
      int id = find(ID, position, end);
      if (find(ERROR, position, end) >= 0 || find(IS_ERROR, position, end) >= 0) {
        throw new IOException(
            "the server refused: " + new String(buffer, position, end - position, UTF_8));
      }
      answer = position;
      position = end + 1;
      if (id >= 0) {
        return number(id + ID.length);
      }
    }
  }

  /// Where the line feed of the line at the position is.
  private int awaitLine() throws IOException {
    int scanned = position;
    while (true) {
      for (int i = scanned; i < filled; i++) {
        if (buffer[i] == '\n') {
          return i;
        }
      }
      if (position > 0) {
        System.arraycopy(buffer, position, buffer, 0, filled - position);
        filled -= position;
        position = 0;
      }
      if (filled == buffer.length) {
        buffer = Arrays.copyOf(buffer, 2 * filled);
      }
      scanned = filled;
      int read = out.read(buffer, filled, buffer.length - filled);
      if (read < 0) {
        throw new IOException("the server ended");
      }
      filled += read;
    }
  }

  private int find(byte[] wanted, int from, int to) {
    for (int i = from; i <= to - wanted.length; i++) {
      if (Arrays.equals(buffer, i, i + wanted.length, wanted, 0, wanted.length)) {
        return i;
      }
    }
    return -1;
  }

  private int number(int from) {
    int value = 0;
    for (int i = from; buffer[i] >= '0' && buffer[i] <= '9'; i++) {
      value = 10 * value + buffer[i] - '0';
    }
    return value;
  }

  /// Ends the server by closing its input.
  @Override
  public void close() throws IOException {
    in.close();
    try {
      if (process.waitFor(10, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }
}
