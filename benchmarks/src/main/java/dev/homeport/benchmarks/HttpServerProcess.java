package dev.homeport.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// An MCP server over HTTP, as a process that says on standard error under which URL it serves.
final class HttpServerProcess implements AutoCloseable {
  private static final int STOP_SECONDS = 15;
  private final Process process;
  private final int port;

  private HttpServerProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static HttpServerProcess start(List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    BufferedReader errors = process.errorReader(UTF_8);
    for (String line = errors.readLine(); line != null; line = errors.readLine()) {
      int at = line.indexOf("http://127.0.0.1:");
      if (at >= 0) {
        Thread.ofPlatform().daemon().start(() -> errors.lines().forEach(System.err::println));
        String rest = line.substring(at + "http://127.0.0.1:".length());
        return new HttpServerProcess(
            process, Integer.parseInt(rest.substring(0, rest.indexOf('/'))));
      }
    }
    throw new IOException(command + " ended before it served");
  }

  int port() {
    return port;
  }

  /// Its resident memory, in MiB.
  double resident() throws IOException {
    return StdioServer.resident(process);
  }

  Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }
}
