package dev.homeport.sandbox.session;

import dev.homeport.sandbox.Exec;
import dev.homeport.sandbox.ExecEnd;
import dev.homeport.sandbox.ExecLimits;
import dev.homeport.sandbox.ExecOutcome;
import dev.homeport.sandbox.ExecOutput;
import dev.homeport.sandbox.ExecUsage;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// A command whose output is being collected.
final class ExecRun implements AutoCloseable {
  /// How long a killed command may take to end, and the rest of the output to arrive.
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final ExecNote note;
  private final Exec exec;
  private final OutputLog log;
  private final Thread pump;

  private ExecRun(ExecNote note, Exec exec, OutputLog log, Consumer<String> progress) {
    this.note = note;
    this.exec = exec;
    this.log = log;
    this.pump = Thread.ofVirtual().name("sandbox-output").unstarted(() -> pump(progress));
  }

  /// Takes over a command that was just started.
  ///
  /// @param progress is told each piece of output as it comes
  static ExecRun of(ExecNote note, Exec exec, OutputLog log, Consumer<String> progress) {
    var run = new ExecRun(note, exec, log, progress);
    run.pump.start();
    return run;
  }

  private void pump(Consumer<String> progress) {
    byte[] buffer = new byte[32 << 10];
    try {
      InputStream output = exec.output();
      int count;
      while ((count = output.read(buffer)) >= 0) {
        log.append(buffer, count);
        progress.accept(Utf8.decode(buffer, 0, count));
      }
    } catch (IOException e) {
      System.getLogger(ExecRun.class.getName())
          .log(System.Logger.Level.DEBUG, "output of a command broke off", e);
    }
  }

  /// What another server must know about it.
  ExecNote note() {
    return note;
  }

  OutputLog log() {
    return log;
  }

  /// What it used, once it has ended.
  Optional<ExecUsage> usage() {
    return exec.usage();
  }

  /// Waits for the end; kills everything when the time is up or this thread is interrupted.
  ExecOutcome outcome(ExecLimits limits) throws IOException, InterruptedException {
    try (log) {
      Optional<ExecEnd> end = exec.await(limits.timeout());
      if (end.isEmpty()) {
        kill();
        return new ExecOutcome.TimedOut(limits.timeout(), log.output());
      }
      pump.join(GRACE);
      return outcome(end.get(), log.output());
    } catch (InterruptedException e) {
      exec.kill();
      throw e;
    }
  }

  private static ExecOutcome outcome(ExecEnd end, ExecOutput output) {
    return switch (end) {
      case ExecEnd.Status(int code) when code > 128 && code < 160 ->
          new ExecOutcome.Signalled(code - 128, output);
      case ExecEnd.Status(int code) -> new ExecOutcome.Exited(code, output);
      case ExecEnd.OutOfMemory() -> new ExecOutcome.OutOfMemory(output);
      case ExecEnd.Lost(String reason) -> new ExecOutcome.Lost(reason, output);
    };
  }

  /// How it ended, or empty while it runs.
  Optional<ExecEnd> end() throws InterruptedException {
    return exec.await(Duration.ZERO);
  }

  /// What is done once a command has ended and all of its output is in the log.
  interface Ending {
    void ended(ExecEnd end) throws IOException;
  }

  /// Does something at the end, after which the sandbox may forget the command.
  void onEnd(Ending ending) {
    Thread.ofVirtual()
        .name("sandbox-end")
        .start(() -> {
          try {
            pump.join();
            var lost = new ExecEnd.Lost("its output ended, but it did not");
            ending.ended(exec.await(GRACE).orElse(lost));
            release();
          } catch (IOException e) {
            System.getLogger(ExecRun.class.getName())
                .log(System.Logger.Level.WARNING, "the end of a command was not noted", e);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  /// Lets the sandbox forget the command, once all that is wanted of it is here.
  void release() throws IOException {
    exec.output().close();
  }

  /// Kills it if it still runs after a time.
  void endAfter(Duration limit) {
    Thread.ofVirtual()
        .name("sandbox-timeout")
        .start(() -> {
          try {
            if (exec.await(limit).isEmpty()) {
              exec.kill();
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  /// Kills everything and waits for the rest of the output.
  void kill() throws InterruptedException {
    exec.kill();
    exec.await(GRACE);
    pump.join(GRACE);
  }

  /// Lets the output go; it cannot be read any more.
  @Override
  public void close() throws IOException {
    log.close();
  }
}
