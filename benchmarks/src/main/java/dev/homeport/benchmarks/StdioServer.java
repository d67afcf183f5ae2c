package dev.homeport.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// One run of an MCP server over stdio, measured from outside.
final class StdioServer {
  static final String INITIALIZE =
      """
      {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25",\
      "capabilities":{},"clientInfo":{"name":"benchmark","version":"1"}}}
      """;
  static final String INITIALIZED =
      """
      {"jsonrpc":"2.0","method":"notifications/initialized"}
      """;
  private static final String LIST =
      """
      {"jsonrpc":"2.0","id":2,"method":"tools/list","params":{}}
      """;

  private StdioServer() {}

  /// What one run took.
  ///
  /// @param initializeMillis from the start of the process to the answer of `initialize`
  /// @param answerMillis from the start of the process to the answer of the second question
  /// @param cpuMillis processor time of the process until then
  /// @param residentMebibytes resident memory of the process then
  record Sample(
      double initializeMillis, double answerMillis, double cpuMillis, double residentMebibytes) {}

  /// Starts a server, asks it for its tools, and ends it by closing its input.
  static Sample measure(List<String> command) throws IOException, InterruptedException {
    return measure(command, LIST);
  }

  /// The same with another question than that for the tools, on one line and with the id 2.
  static Sample measure(List<String> command, String question)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (Writer in = process.outputWriter(UTF_8);
        BufferedReader out = process.inputReader(UTF_8)) {
      in.write(INITIALIZE);
      in.flush();
      awaitAnswer(out, "\"id\":1", command);
      long initialized = System.nanoTime();
      in.write(INITIALIZED + question);
      in.flush();
      awaitAnswer(out, "\"id\":2", command);
      long listed = System.nanoTime();
      Duration cpu = process.info().totalCpuDuration().orElse(Duration.ZERO);
      return new Sample(
          (initialized - start) / 1e6, (listed - start) / 1e6, cpu.toMillis(), resident(process));
    } finally {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    }
  }

  private static void awaitAnswer(BufferedReader out, String id, List<String> command)
      throws IOException {
    String line = out.readLine();
    while (line != null && !line.contains(id)) {
      line = out.readLine();
    }
    if (line == null) {
      throw new IOException(command + " ended without an answer to " + id);
    }
  }

  /// The resident memory of a process, in MiB.
  static double resident(Process process) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024;
      }
    }
    return Double.NaN;
  }
}
