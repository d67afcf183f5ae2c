package dev.homeport.benchmarks;

import dev.homeport.sandbox.Command;
import dev.homeport.sandbox.Exec;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// What the parts of [SandboxBenchmark] share: commands that are timed, and rows of the table.
final class SandboxCalls {
  static final Command ECHO = Command.of("sh", "-c", "echo hi");

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private SandboxCalls() {}

  /// When the first byte was there, by [System#nanoTime], of a command that is run to its end.
  static long firstByte(Exec exec) throws IOException, InterruptedException {
    try (InputStream output = exec.output()) {
      if (output.read() < 0) {
        throw new IllegalStateException("it printed nothing, and ended: " + exec.await(LIMIT));
      }
      long first = System.nanoTime();
      output.transferTo(OutputStream.nullOutputStream());
      var _ = exec.await(LIMIT).orElseThrow();
      return first;
    }
  }

  static long dockerFirstByte(List<String> argv) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(argv).redirectErrorStream(true).start();
    process.getInputStream().readNBytes(1);
    long first = System.nanoTime();
    process.getInputStream().transferTo(OutputStream.nullOutputStream());
    if (process.waitFor() != 0) {
      throw new IllegalStateException(argv + " failed");
    }
    return first;
  }

  static double median(Sample.Times times) {
    return times.sample(1, Duration.ZERO).medianMillis();
  }

  static void print(String what, double ours, double docker, double api) {
    System.out.printf(
        Locale.ROOT,
        "| %s | %.2f | %.1f | %.1f | %.1f, %.1f |%n",
        what,
        ours,
        docker,
        api,
        docker / ours,
        api / ours);
  }
}
