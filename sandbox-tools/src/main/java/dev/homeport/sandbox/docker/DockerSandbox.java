package dev.homeport.sandbox.docker;

import dev.homeport.sandbox.Attached;
import dev.homeport.sandbox.Capability;
import dev.homeport.sandbox.Command;
import dev.homeport.sandbox.Exec;
import dev.homeport.sandbox.FileChange;
import dev.homeport.sandbox.Sandbox;
import dev.homeport.sandbox.SandboxException;
import dev.homeport.sandbox.SandboxException.Kind;
import dev.homeport.sandbox.SandboxSpec;
import dev.homeport.sandbox.Usage;
import dev.homeport.sandbox.files.Capture;
import dev.homeport.sandbox.files.Notes;
import dev.homeport.sandbox.files.WorkspaceCopy;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A sandbox that is a container.
final class DockerSandbox implements Sandbox, WorkspaceCopy.Holder {
  private static final String NOTE = "kept";
  private static final String CONTAINER = "container";

  private final Engine engine;
  private final Containers containers;
  private final String container;
  private final boolean resident;
  private final WorkspaceCopy copy;
  private volatile @Nullable ContainerCommands commands;
  private final ReentrantLock pausing = new ReentrantLock();

  private volatile boolean paused;
  private volatile Optional<Usage> atPause = Optional.empty();
  private volatile boolean closed;

  private DockerSandbox(
      Engine engine, Containers containers, String container, SandboxSpec spec, boolean resident) {
    this.engine = engine;
    this.containers = containers;
    this.container = container;
    this.resident = resident;
    this.copy =
        new WorkspaceCopy(
            spec.workspace().root(),
            spec.template().policy(),
            Containers.readOnly(spec),
            spec.directory(),
            this);
  }

  /// @param agent the agent's program, or empty to start each command by the engine
  static DockerSandbox create(
      Engine engine, SandboxSpec spec, SandboxImage image, Optional<Path> agent)
      throws IOException, InterruptedException {
    var containers = new Containers(engine);
    String container = containers.create(spec, image, agent);
    if (agent.isPresent()) {
      Notes.write(spec.directory().resolve(NOTE), Map.of(CONTAINER, container));
    }
    var sandbox = new DockerSandbox(engine, containers, container, spec, agent.isPresent());
    try {
      sandbox.copy.refresh();
      return sandbox;
    } catch (IOException | InterruptedException e) {
      sandbox.close();
      throw e;
    }
  }

  /// Takes over a container whose server was killed, or removes it.
  ///
  /// @param handles the commands that will be asked for
  static Optional<Sandbox> adopt(Engine engine, SandboxSpec spec, Set<String> handles)
      throws IOException, InterruptedException {
    Path note = spec.directory().resolve(NOTE);
    if (!Files.exists(note)) {
      return Optional.empty();
    }
    String container = Notes.read(note).getProperty(CONTAINER);
    var sandbox = new DockerSandbox(engine, new Containers(engine), container, spec, true);
    try {
      sandbox.takeOver(handles);
      return Optional.of(sandbox);
    } catch (IOException e) {
      System.getLogger(DockerSandbox.class.getName())
          .log(System.Logger.Level.INFO, "a container was not adopted: {0}", e.getMessage());
      sandbox.close();
      return Optional.empty();
    }
  }

  private void takeOver(Set<String> handles) throws IOException, InterruptedException {
    if (containers.isPaused(container)) {
      engine.call(client -> client.unpauseContainerCmd(container).exec());
    }
    copy.resumed();
    AttachedLink link = AttachedLink.open(engine.socket(), container);
    commands = ResidentCommands.adopt(link, handles);
  }

  @Override
  public Optional<Attached> attach(String handle, long from) throws IOException {
    return running().attach(handle, from);
  }

  /// Before the container runs, the engine unpacks, so that the volume belongs to the sandbox's
  /// user; afterwards the sandbox unpacks for itself, with no more rights than it has.
  @Override
  public void unpack(InputStream tar) throws IOException, InterruptedException {
    if (commands != null) {
      Capture.run(start(new Command(List.of("tar", "-xf", "-"), tar)));
      return;
    }
    engine.call(client ->
        client
            .copyArchiveToContainerCmd(container)
            .withTarInputStream(tar)
            .withRemotePath(SandboxSpec.WORKSPACE)
            .exec());
    commands =
        resident ? startResident() : ExecCommands.startContainer(engine, containers, container);
  }

  private ResidentCommands startResident() throws IOException, InterruptedException {
    AttachedLink link = AttachedLink.open(engine.socket(), container);
    containers.start(container);
    return ResidentCommands.open(link);
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.of(Capability.TOTAL_LIMITS, Capability.PAUSE);
  }

  @Override
  public Exec exec(Command command) throws IOException, InterruptedException {
    if (!isAlive()) {
      throw new SandboxException(Kind.LOST, "The container is gone.");
    }
    copy.refresh();
    return start(command);
  }

  @Override
  public Exec start(Command command) throws IOException, InterruptedException {
    ContainerCommands running = running();
    resume();
    return running.start(command);
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
  public void pause() throws IOException, InterruptedException {
    pausing.lockInterruptibly();
    try {
      if (!paused) {
        atPause = ContainerUsage.read(running());
        engine.call(client -> client.pauseContainerCmd(container).exec());
        paused = true;
      }
    } finally {
      pausing.unlock();
    }
  }

  @Override
  public void resume() throws IOException, InterruptedException {
    if (!paused) {
      return;
    }
    pausing.lockInterruptibly();
    try {
      if (paused) {
        engine.call(client -> client.unpauseContainerCmd(container).exec());
        paused = false;
      }
    } finally {
      pausing.unlock();
    }
  }

  @Override
  public Sandbox fork(SandboxSpec spec) throws SandboxException {
    throw new SandboxException(
        Kind.FAILED, "A container cannot be forked; create a sandbox and copy what it needs.");
  }

  @Override
  public Optional<Usage> usage() throws IOException, InterruptedException {
    return paused ? atPause : ContainerUsage.read(running());
  }

  private ContainerCommands running() throws SandboxException {
    ContainerCommands running = commands;
    if (closed || running == null) {
      throw new SandboxException(Kind.LOST, "The container is gone.");
    }
    return running;
  }

  @Override
  public boolean isAlive() {
    ContainerCommands running = commands;
    return !closed && running != null && running.isAlive();
  }

  @Override
  public void close() throws IOException {
    closed = true;
    ContainerCommands running = commands;
    if (running != null) {
      running.close();
    }
    containers.remove(container);
  }
}
