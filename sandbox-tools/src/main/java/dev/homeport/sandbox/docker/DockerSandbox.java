package dev.homeport.sandbox.docker;

import dev.homeport.sandbox.Capability;
import dev.homeport.sandbox.Command;
import dev.homeport.sandbox.Exec;
import dev.homeport.sandbox.ExecEnd;
import dev.homeport.sandbox.FileChange;
import dev.homeport.sandbox.Sandbox;
import dev.homeport.sandbox.SandboxException;
import dev.homeport.sandbox.SandboxException.Kind;
import dev.homeport.sandbox.SandboxSpec;
import dev.homeport.sandbox.files.Capture;
import dev.homeport.sandbox.files.WorkspaceCopy;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A sandbox that is a container.
final class DockerSandbox implements Sandbox, WorkspaceCopy.Holder {
  static final int KILLED = 137;

  private static final Duration END_LIMIT = Duration.ofSeconds(10);
  private static final String OOM_KILLS =
      "cat /sys/fs/cgroup/memory/memory.oom_control /sys/fs/cgroup/memory.events 2>/dev/null"
          + " | sed -n 's/^oom_kill //p'";

  private final Engine engine;
  private final Containers containers;
  private final String container;
  private final WorkspaceCopy copy;
  private final AtomicLong markers = new AtomicLong();
  private final AtomicLong oomKills = new AtomicLong();
  private volatile @Nullable EngineStream life;
  private volatile boolean ended;

  private DockerSandbox(Engine engine, Containers containers, String container, SandboxSpec spec) {
    this.engine = engine;
    this.containers = containers;
    this.container = container;
    this.copy =
        new WorkspaceCopy(
            spec.workspace().root(),
            spec.template().policy(),
            Containers.readOnly(spec),
            spec.directory().resolve("spool"),
            this);
  }

  static DockerSandbox create(Engine engine, SandboxSpec spec, SandboxImage image)
      throws IOException, InterruptedException {
    var containers = new Containers(engine);
    String container = containers.create(spec, image);
    var sandbox = new DockerSandbox(engine, containers, container, spec);
    try {
      sandbox.copy.refresh();
      return sandbox;
    } catch (IOException | InterruptedException e) {
      sandbox.close();
      throw e;
    }
  }

  /// Before the container runs, the engine unpacks, so that the volume belongs to the sandbox's
  /// user; afterwards the sandbox unpacks for itself, with no more rights than it has.
  @Override
  public void unpack(InputStream tar) throws IOException, InterruptedException {
    if (life != null) {
      Capture.run(start(new Command(List.of("tar", "-xf", "-"), tar)));
      return;
    }
    engine.call(client ->
        client
            .copyArchiveToContainerCmd(container)
            .withTarInputStream(tar)
            .withRemotePath(SandboxSpec.WORKSPACE)
            .exec());
    EngineStream stream =
        EngineStream.open(
            engine.socket(), "/containers/" + container + "/attach?stream=1&stdin=1", "");
    life = stream;
    containers.start(container);
    Thread.ofVirtual().name("sandbox-life").start(() -> watch(stream));
  }

  /// The stream to the first process ends when the container does.
  private void watch(EngineStream stream) {
    try {
      stream.input().transferTo(java.io.OutputStream.nullOutputStream());
    } catch (IOException e) {
      System.getLogger(DockerSandbox.class.getName())
          .log(System.Logger.Level.DEBUG, "the stream of a container broke off", e);
    }
    ended = true;
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.of(Capability.TOTAL_LIMITS);
  }

  @Override
  public Exec exec(Command command) throws IOException, InterruptedException {
    copy.refresh();
    return start(command);
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
      boolean outOfMemory = code == KILLED && oomKillsRose();
      return outOfMemory ? new ExecEnd.OutOfMemory() : new ExecEnd.Status(code.intValue());
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

  private boolean oomKillsRose() throws IOException, InterruptedException {
    byte[] printed = Capture.bytes(start(Command.of("sh", "-c", OOM_KILLS)), 100);
    String number = new String(printed, StandardCharsets.UTF_8).strip();
    long now = number.isEmpty() ? 0 : Long.parseLong(number);
    return now > oomKills.getAndSet(now);
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
      System.getLogger(DockerSandbox.class.getName())
          .log(System.Logger.Level.INFO, "a container has no room for a kill", e);
      return false;
    }
  }

  private void end() {
    ended = true;
    try {
      containers.remove(container);
    } catch (SandboxException e) {
      System.getLogger(DockerSandbox.class.getName())
          .log(System.Logger.Level.WARNING, "a container was not removed", e);
    }
  }

  @Override
  public List<FileChange> changes() throws IOException, InterruptedException {
    return copy.changes();
  }

  @Override
  public void settle(Collection<WorkspacePath> paths) throws IOException, InterruptedException {
    copy.settle(paths);
  }

  @Override
  public boolean isAlive() {
    return !ended;
  }

  @Override
  public void close() throws IOException {
    ended = true;
    EngineStream stream = life;
    if (stream != null) {
      stream.close();
    }
    containers.remove(container);
  }
}
