package dev.homeport.sandbox.docker;

import dev.homeport.sandbox.Command;
import dev.homeport.sandbox.Exec;
import dev.homeport.sandbox.ExecEnd;
import dev.homeport.sandbox.SandboxException;
import dev.homeport.sandbox.SandboxException.Kind;
import dev.homeport.sandbox.files.Capture;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Starts each command by the engine; needs nothing in the container but a shell.
final class ExecCommands implements ContainerCommands {
  private static final Duration END_LIMIT = Duration.ofSeconds(10);

  private final Engine engine;
  private final Containers containers;
  private final String container;
  private final EngineStream life;
  private final AtomicLong markers = new AtomicLong();
  private final OomKills oomKills = new OomKills();
  private volatile boolean ended;

  private ExecCommands(Engine engine, Containers containers, String container, EngineStream life) {
    this.engine = engine;
    this.containers = containers;
    this.container = container;
    this.life = life;
  }

  /// Starts a container, which lives as long as the stream to its first process.
  static ExecCommands startContainer(Engine engine, Containers containers, String container)
      throws IOException {
    EngineStream life =
        EngineStream.open(
            engine.socket(), "/containers/" + container + "/attach?stream=1&stdin=1", "");
    containers.start(container);
    var commands = new ExecCommands(engine, containers, container, life);
    Thread.ofVirtual().name("sandbox-life").start(commands::watch);
    return commands;
  }

  /// The stream to the first process ends when the container does.
  private void watch() {
    try {
      life.input().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      System.getLogger(ExecCommands.class.getName())
          .log(System.Logger.Level.DEBUG, "the stream of a container broke off", e);
    }
    ended = true;
  }

  @Override
  public Exec start(Command command) throws IOException {
    String marker = "e" + markers.incrementAndGet();
    return start(marker, ContainerScripts.run(marker, command.argv()), command.stdin());
  }

  private DockerExec start(String marker, List<String> argv, InputStream stdin) throws IOException {
    if (!isAlive()) {
      throw new SandboxException(Kind.LOST, "The container is gone.");
    }
    try {
      return startAlive(marker, argv, stdin);
    } catch (SandboxException e) {
      noteLoss(e);
      throw e;
    }
  }

  private void noteLoss(SandboxException e) {
    if (e.kind() == Kind.LOST) {
      ended = true;
    }
  }

  private DockerExec startAlive(String marker, List<String> argv, InputStream stdin)
      throws IOException {
    String id =
        Objects.requireNonNull(
            engine.call(client ->
                client
                    .execCreateCmd(container)
                    .withCmd(argv.toArray(String[]::new))
                    .withEnv(List.of(ContainerScripts.MARKER + "=" + marker))
                    .withAttachStdin(true)
                    .withAttachStdout(true)
                    .withAttachStderr(true)
                    .exec()
                    .getId()));
    EngineStream stream =
        EngineStream.open(
            engine.socket(), "/exec/" + id + "/start", "{\"Detach\":false,\"Tty\":false}");
    var exec = new DockerExec(this, id, marker, stream);
    exec.feed(stdin);
    return exec;
  }

  /// How a command ended whose output has ended.
  ExecEnd end(String exec) throws InterruptedException {
    try {
      long deadline = System.nanoTime() + END_LIMIT.toNanos();
      Long code = exitCode(exec);
      while (code == null && System.nanoTime() < deadline) {
        TimeUnit.MILLISECONDS.sleep(20);
        code = exitCode(exec);
      }
      if (code == null) {
        return new ExecEnd.Lost("the engine does not say how the command ended");
      }
      return oomKills.judge(code.intValue(), this);
    } catch (SandboxException e) {
      noteLoss(e);
      return new ExecEnd.Lost(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return new ExecEnd.Lost(String.valueOf(e.getMessage()));
    }
  }

  private @Nullable Long exitCode(String exec) throws SandboxException {
    return engine.call(client -> client.inspectExecCmd(exec).exec().getExitCodeLong());
  }

  /// Ends what runs with a marker. A fork bomb leaves no room for that: then everything in the
  /// container is ended, and at last the container.
  void kill(String marker) {
    try {
      if (!runs(ContainerScripts.kill(marker)) && !runs(ContainerScripts.killAll())) {
        end();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      end();
    }
  }

  private boolean runs(List<String> script) throws InterruptedException {
    try {
      Capture.run(start("kill", script, InputStream.nullInputStream()));
      return true;
    } catch (IOException e) {
      System.getLogger(ExecCommands.class.getName())
          .log(System.Logger.Level.INFO, "a container has no room for a kill", e);
      return false;
    }
  }

  private void end() {
    ended = true;
    try {
      containers.remove(container);
    } catch (SandboxException e) {
      System.getLogger(ExecCommands.class.getName())
          .log(System.Logger.Level.WARNING, "a container was not removed", e);
    }
  }

  @Override
  public boolean isAlive() {
    return !ended;
  }

  @Override
  public void close() throws IOException {
    ended = true;
    life.close();
  }
}
