package dev.homeport.sandbox.docker;

import dev.homeport.sandbox.Exec;
import dev.homeport.sandbox.ExecEnd;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A command in a container.
final class DockerExec implements Exec {
  private final ExecCommands commands;
  private final String id;
  private final String marker;
  private final EngineStream stream;
  private final Demultiplexed output;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile boolean killed;
  private @Nullable ExecEnd end;

  /// @param id the engine's id of it
  /// @param marker what its processes have in their environment
  DockerExec(ExecCommands commands, String id, String marker, EngineStream stream) {
    this.commands = commands;
    this.id = id;
    this.marker = marker;
    this.stream = stream;
    this.output = new Demultiplexed(stream.input());
  }

  /// Gives the command its input, on a thread of its own; a command need not read it.
  void feed(InputStream stdin) {
    Thread.ofVirtual()
        .name("sandbox-stdin")
        .start(() -> {
          try (stdin) {
            stream.send(stdin);
          } catch (IOException e) {
            System.getLogger(DockerExec.class.getName())
                .log(System.Logger.Level.DEBUG, "a command did not read its input", e);
          }
        });
  }

  @Override
  public InputStream output() {
    return output;
  }

  @Override
  public Optional<ExecEnd> await(Duration limit) throws InterruptedException {
    if (!output.end().await(limit.toNanos(), TimeUnit.NANOSECONDS)) {
      return Optional.empty();
    }
    lock.lockInterruptibly();
    try {
      ExecEnd known = end;
      if (known == null) {
        known = killed ? new ExecEnd.Status(ContainerCommands.KILLED) : commands.end(id);
        end = known;
      }
      return Optional.of(known);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void kill() {
    if (output.end().getCount() > 0) {
      killed = true;
      commands.kill(marker);
    }
  }
}
