package dev.homeport.sandbox.bubblewrap;

import dev.homeport.sandbox.Exec;
import dev.homeport.sandbox.ExecEnd;
import dev.homeport.sandbox.cgroup.Cgroup;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A command in a bubblewrap of its own, whose PID namespace ends with it.
final class BwrapExec implements Exec {
  private static final String EXIT_CODE = "\"exit-code\":";
  private static final int KILLED = 137;

  private final Process process;
  private final Path status;
  private final @Nullable Cgroup cgroup;
  private final long oomKillsBefore;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile boolean killed;
  private @Nullable ExecEnd end;

  /// @param status where bubblewrap writes how the command ended
  BwrapExec(Process process, Path status, @Nullable Cgroup cgroup, long oomKillsBefore) {
    this.process = process;
    this.status = status;
    this.cgroup = cgroup;
    this.oomKillsBefore = oomKillsBefore;
  }

  /// Gives the command its input, on a thread of its own; a command need not read it.
  void feed(InputStream stdin) {
    Thread.ofVirtual()
        .name("sandbox-stdin")
        .start(() -> {
          try (stdin;
              OutputStream target = process.getOutputStream()) {
            stdin.transferTo(target);
          } catch (IOException e) {
            System.getLogger(BwrapExec.class.getName())
                .log(System.Logger.Level.DEBUG, "a command did not read its input", e);
          }
        });
  }

  @Override
  public InputStream output() {
    return process.getInputStream();
  }

  @Override
  public Optional<ExecEnd> await(Duration limit) throws InterruptedException {
    if (!process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
      return Optional.empty();
    }
    try {
      return Optional.of(end());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Reads the status once, because counters go on and the file goes away.
  private ExecEnd end() throws IOException {
    lock.lock();
    try {
      ExecEnd known = end;
      if (known == null) {
        known = readEnd();
        end = known;
        Files.deleteIfExists(status);
      }
      return known;
    } finally {
      lock.unlock();
    }
  }

  private ExecEnd readEnd() throws IOException {
    if (killed) {
      return new ExecEnd.Status(KILLED);
    }
    Optional<Integer> code = exitCode();
    boolean failed = code.isEmpty() || code.get() != 0;
    if (failed && cgroup != null && cgroup.oomKills() > oomKillsBefore) {
      return new ExecEnd.OutOfMemory();
    }
    return code.<ExecEnd>map(ExecEnd.Status::new)
        .orElseGet(() -> new ExecEnd.Lost(lostReason(process.exitValue())));
  }

  private static String lostReason(int status) {
    return "bubblewrap ended with status " + status + " before the command did";
  }

  private Optional<Integer> exitCode() throws IOException {
    String json;
    try {
      json = Files.readString(status);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    int at = json.indexOf(EXIT_CODE);
    if (at < 0) {
      return Optional.empty();
    }
    String digits = json.substring(at + EXIT_CODE.length(), json.indexOf('}', at)).strip();
    return Optional.of(Integer.parseInt(digits));
  }

  boolean hasEnded() {
    return !process.isAlive();
  }

  @Override
  public void kill() {
    if (process.isAlive()) {
      killed = true;
      process.destroyForcibly();
    }
  }
}
