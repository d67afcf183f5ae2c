package dev.homeport.sandbox.files;

import dev.homeport.sandbox.Exec;
import dev.homeport.sandbox.ExecEnd;
import dev.homeport.sandbox.SandboxException;
import dev.homeport.sandbox.SandboxException.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Runs a short command of our own for the bytes that it prints.
public final class Capture {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int LONGEST_MESSAGE = 64 << 10;

  private Capture() {}

  /// What a command prints.
  ///
  /// @throws SandboxException if the command fails, prints more than the limit or takes a minute
  public static byte[] bytes(Exec exec, int limit) throws IOException, InterruptedException {
    var reading = new FutureTask<>(() -> exec.output().readNBytes(limit + 1));
    Thread.ofVirtual().name("sandbox-capture").start(reading);
    try {
      byte[] bytes = reading.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      if (bytes.length > limit) {
        throw new SandboxException(
            Kind.TOO_LARGE, "It has more than the %,d bytes that can be taken.".formatted(limit));
      }
      return checked(bytes, exec.await(LIMIT));
    } catch (ExecutionException | TimeoutException e) {
      throw new SandboxException(Kind.FAILED, "The sandbox did not answer in time.", e);
    } finally {
      exec.kill();
      exec.output().close();
    }
  }

  /// Runs a command that prints nothing unless it fails.
  public static void run(Exec exec) throws IOException, InterruptedException {
    var _ = bytes(exec, LONGEST_MESSAGE);
  }

  /// Writes what a command prints to a file.
  ///
  /// @param limit how long it may take
  public static void toFile(Exec exec, Path file, Duration limit)
      throws IOException, InterruptedException {
    var copying =
        new FutureTask<>(() -> {
          try (OutputStream output = Files.newOutputStream(file)) {
            return exec.output().transferTo(output);
          }
        });
    Thread.ofVirtual().name("sandbox-capture").start(copying);
    try {
      var _ = copying.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      var _ = checked(new byte[0], exec.await(LIMIT));
    } catch (ExecutionException | TimeoutException e) {
      throw new SandboxException(Kind.FAILED, "The sandbox did not answer in time.", e);
    } finally {
      exec.kill();
      exec.output().close();
    }
  }

  private static byte[] checked(byte[] bytes, Optional<ExecEnd> end) throws SandboxException {
    if (end.isEmpty()) {
      throw new SandboxException(Kind.FAILED, "The sandbox did not answer in time.");
    }
    return switch (end.get()) {
      case ExecEnd.Status(int code) when code == 0 -> bytes;
      case ExecEnd.Status _ ->
          throw new SandboxException(
              Kind.FAILED,
              "The sandbox refused: "
                  + new String(bytes, 0, Math.min(bytes.length, 2_000), StandardCharsets.UTF_8)
                      .strip());
      case ExecEnd.OutOfMemory() ->
          throw new SandboxException(Kind.FAILED, "The sandbox ran out of memory.");
      case ExecEnd.Lost(String reason) -> throw new SandboxException(Kind.LOST, reason);
    };
  }
}
