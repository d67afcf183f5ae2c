package dev.homeport.server.transport;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A server in a JVM of its own, spoken to line by line.
public final class ServerProcess implements AutoCloseable {
  private static final String END = "";

  private final Process process;
  private final OutputStream in;
  private final BlockingQueue<String> out = new LinkedBlockingQueue<>();
  private final List<String> err = Collections.synchronizedList(new ArrayList<>());

  private ServerProcess(Process process) {
    this.process = process;
    this.in = process.getOutputStream();
    Thread.ofVirtual().start(() -> read(process.inputReader(), out));
    Thread.ofVirtual()
        .start(() ->
            new BufferedReader(
                    new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))
                .lines()
                .forEach(err::add));
  }

  /// Starts the main class in the tests' class path with 256 MB of heap.
  public static ServerProcess start(Class<?> main, String... args) throws IOException {
    return start(Map.of(), List.of(), main, args);
  }

  /// Starts the main class like [#start(Class, String...)], with more environment variables.
  public static ServerProcess start(Map<String, String> environment, Class<?> main, String... args)
      throws IOException {
    return start(environment, List.of(), main, args);
  }

  /// Starts the main class as the child of another program, such as `strace`.
  ///
  /// @param program its words, to which the server's command is added
  public static ServerProcess startUnder(List<String> program, Class<?> main, String... args)
      throws IOException {
    return start(Map.of(), program, main, args);
  }

  private static ServerProcess start(
      Map<String, String> environment, List<String> program, Class<?> main, String... args)
      throws IOException {
    var command = new ArrayList<>(program);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(args));
    var builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    return new ServerProcess(builder.start());
  }

  /// Starts the fixture and shakes hands.
  static ServerProcess fixture() throws IOException, InterruptedException {
    ServerProcess server = start(StdioFixture.class);
    server.handshake();
    return server;
  }

  /// Says `initialize` and `notifications/initialized`.
  public void handshake() throws IOException, InterruptedException {
    send(
        "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"test\",\"version\":\"1\"}}}");
    receive();
    send("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
  }

  /// Sends one line.
  public void send(String line) throws IOException {
    in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    in.flush();
  }

  /// Calls a tool without waiting for the answer.
  public void call(int id, String tool, Map<String, ?> arguments) throws IOException {
    send(
        JsonMapper.shared()
            .writeValueAsString(
                Map.of(
                    "jsonrpc",
                    "2.0",
                    "id",
                    id,
                    "method",
                    "tools/call",
                    "params",
                    Map.of("name", tool, "arguments", arguments))));
  }

  /// The raw stream to the server.
  OutputStream input() {
    return in;
  }

  /// The next message; fails after 30 seconds or if the server ended.
  public JsonNode receive() throws InterruptedException {
    String line = out.poll(30, TimeUnit.SECONDS);
    if (line == null || line.equals(END)) {
      throw new AssertionError("no answer; standard error: " + err);
    }
    return JsonMapper.shared().readTree(line);
  }

  /// Closes the input and waits for the end.
  ///
  /// @return the exit code
  public int end() throws IOException, InterruptedException {
    in.close();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      throw new AssertionError("still running; standard error: " + err);
    }
    return process.exitValue();
  }

  /// Kills the process as `kill -9` does and waits until it is gone.
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /// The messages that nobody received yet, after the end.
  public List<String> rest() throws InterruptedException {
    var rest = new ArrayList<String>();
    for (String line = out.take(); !line.equals(END); line = out.take()) {
      rest.add(line);
    }
    return rest;
  }

  /// What stands on standard error by now.
  public List<String> errors() {
    return List.copyOf(err);
  }

  private static void read(BufferedReader reader, BlockingQueue<String> lines) {
    try (reader) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
      }
    } catch (IOException ended) {
      throw new UncheckedIOException(ended);
    } finally {
      lines.add(END);
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
