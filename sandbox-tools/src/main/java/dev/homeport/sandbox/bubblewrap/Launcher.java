package dev.homeport.sandbox.bubblewrap;

import dev.homeport.sandbox.SandboxException;
import dev.homeport.sandbox.SandboxException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// Starts processes of the host, without the server's environment, from one thread that never ends.
///
/// Linux ties "die with the parent" to the thread that started a process. Started from a pool or
/// from the carrier of a virtual thread, bubblewrap would be killed when that idle thread retires.
final class Launcher {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final int LONGEST_MESSAGE = 4_096;
  private static final ExecutorService THREAD =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("sandbox-launcher").factory());

  private Launcher() {}

  /// Starts a program; its standard error goes where its output goes.
  static Process start(List<String> argv) throws IOException, InterruptedException {
    var builder = new ProcessBuilder(argv).redirectErrorStream(true);
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("/usr/bin:/bin");
    builder.environment().clear();
    builder.environment().put("PATH", path);
    Future<Process> starting = THREAD.submit(builder::start);
    try {
      return starting.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      abandon(starting);
      throw e;
    }
  }

  /// The process may have started just when its caller was interrupted.
  private static void abandon(Future<Process> starting) {
    THREAD.execute(() -> {
      if (starting.state() == Future.State.SUCCESS) {
        starting.resultNow().destroyForcibly();
      }
    });
  }

  /// Runs a short program.
  ///
  /// @throws SandboxException with what it printed, if it fails or takes ten seconds
  static void run(List<String> argv) throws IOException, InterruptedException {
    Process process = start(argv);
    process.getOutputStream().close();
    if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly();
      throw new SandboxException(Kind.FAILED, argv.getFirst() + " gave no answer in time");
    }
    if (process.exitValue() != 0) {
      byte[] said = process.getInputStream().readNBytes(LONGEST_MESSAGE);
      throw new SandboxException(Kind.FAILED, new String(said, StandardCharsets.UTF_8).strip());
    }
  }
}
