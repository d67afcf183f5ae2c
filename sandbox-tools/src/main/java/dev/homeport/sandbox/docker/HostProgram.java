package dev.homeport.sandbox.docker;

import dev.homeport.sandbox.SandboxException;
import dev.homeport.sandbox.SandboxException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs programs of the host that make an image.
final class HostProgram {
  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final int LONGEST_MESSAGE = 2_000;

  private HostProgram() {}

  /// Runs a program and says what it printed if it fails.
  static void run(List<String> argv) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(argv).redirectErrorStream(true).start();
    process.getOutputStream().close();
    byte[] printed = process.getInputStream().readAllBytes();
    if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS) || process.exitValue() != 0) {
      String text = new String(printed, StandardCharsets.UTF_8).strip();
      String end = text.substring(Math.max(0, text.length() - LONGEST_MESSAGE));
      throw new SandboxException(Kind.FAILED, argv.getFirst() + " failed: " + end);
    }
  }
}
