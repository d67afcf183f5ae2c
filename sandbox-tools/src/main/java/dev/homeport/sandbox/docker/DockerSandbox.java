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
import dev.homeport.sandbox.agent.AgentProgram;
import dev.homeport.sandbox.cgroup.Cgroup;
import dev.homeport.sandbox.files.Capture;
import dev.homeport.sandbox.files.Notes;
import dev.homeport.sandbox.files.Trees;
import dev.homeport.sandbox.files.WorkspaceCopy;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A sandbox that is a container.
final class DockerSandbox implements Sandbox, WorkspaceCopy.Holder {
  private static final String NOTE = "kept";
  private static final String CONTAINER = "container";
  private static final String MOVED = "moved";

  private final Host host;
  private final Engine engine;
  private final Containers containers;
  private final String container;
  private final Optional<Path> agent;
  private final List<WorkspacePath> elsewhere;
  private final WorkspaceCopy copy;
  private volatile @Nullable ContainerCommands commands;
  private final ContainerPause pause;
  private volatile Optional<Usage> atPause = Optional.empty();
  private volatile boolean closed;

  /// What all containers of an engine share.
  record Host(Engine engine, FrozenGroups frozen, SandboxImage image) {}

  /// @param agent the agent's program, or empty to start each command by the engine
  private DockerSandbox(Host host, String container, SandboxSpec spec, Optional<Path> agent) {
    this.host = host;
    this.engine = host.engine();
    this.containers = new Containers(engine);
    this.container = container;
    this.agent = agent;
    this.pause = new ContainerPause(host, container, agent);
    this.elsewhere = Containers.readOnly(spec);
    this.copy =
        new WorkspaceCopy(
            spec.workspace().root(), spec.template().policy(), elsewhere, spec.directory(), this);
  }

  /// @param agent the agent's program, or empty to start each command by the engine
  static DockerSandbox create(Host host, SandboxSpec spec, Optional<Path> agent)
      throws IOException, InterruptedException {
    return create(host, spec, agent, sandbox -> sandbox.copy.refresh());
  }

  private static DockerSandbox create(
      Host host, SandboxSpec spec, Optional<Path> agent, Filling filling)
      throws IOException, InterruptedException {
    String container = new Containers(host.engine()).create(spec, host.image(), agent);
    if (agent.isPresent()) {
      Notes.write(spec.directory().resolve(NOTE), Map.of(CONTAINER, container));
    }
    var sandbox = new DockerSandbox(host, container, spec, agent);
    try {
      filling.fill(sandbox);
      sandbox.pause.find();
      return sandbox;
    } catch (IOException | InterruptedException e) {
      sandbox.close();
      throw e;
    }
  }

  /// @param snapshot what [#snapshot] filled
  static DockerSandbox restore(Host host, SandboxSpec spec, Optional<Path> agent, Path snapshot)
      throws IOException, InterruptedException {
    return create(
        host,
        spec,
        agent,
        sandbox -> {
          sandbox.copy.fill(snapshot.resolve(MOVED), ContainerFiles.workspace(snapshot));
          ContainerFiles.putScratch(sandbox.running(), snapshot);
        });
  }

  private interface Filling {
    void fill(DockerSandbox sandbox) throws IOException, InterruptedException;
  }

  /// Takes over a container whose server was killed, or removes it.
  ///
  /// @param agent the agent's program
  /// @param handles the commands that will be asked for
  static Optional<Sandbox> adopt(Host host, SandboxSpec spec, Path agent, Set<String> handles)
      throws IOException, InterruptedException {
    Path note = spec.directory().resolve(NOTE);
    if (!Files.exists(note)) {
      return Optional.empty();
    }
    String container = Notes.read(note).getProperty(CONTAINER);
    var sandbox = new DockerSandbox(host, container, spec, Optional.of(agent));
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
    pause.takeOver();
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
        agent.isPresent()
            ? startResident()
            : ExecCommands.startContainer(engine, containers, container);
  }

  private ResidentCommands startResident() throws IOException, InterruptedException {
    AttachedLink link = AttachedLink.open(engine.socket(), container);
    containers.start(container);
    return ResidentCommands.open(link);
  }

  @Override
  public Set<Capability> capabilities() {
    var capabilities = EnumSet.of(Capability.TOTAL_LIMITS, Capability.PAUSE, Capability.FORK);
    if (pause.isByGroup()) {
      capabilities.add(Capability.SLEEP);
    }
    return capabilities;
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
    if (!pause.isPaused()) {
      atPause = usage();
    }
    pause.pause();
  }

  @Override
  public void resume() throws IOException, InterruptedException {
    pause.resume();
  }

  @Override
  public Sandbox fork(SandboxSpec spec) throws IOException, InterruptedException {
    Path files = Files.createDirectory(spec.directory().resolve("fork"));
    snapshot(files);
    try {
      return restore(host, spec, agentOf(spec), files);
    } finally {
      Trees.delete(files);
    }
  }

  /// Each instance has the program in a place of its own.
  private Optional<Path> agentOf(SandboxSpec spec) throws IOException {
    return agent.isPresent() ? AgentProgram.install(spec.shared().root()) : Optional.empty();
  }

  @Override
  public void snapshot(Path directory) throws IOException, InterruptedException {
    resume();
    copy.move(directory.resolve(MOVED));
    ContainerFiles.take(running(), elsewhere, directory);
  }

  @Override
  public Optional<Usage> usage() throws IOException, InterruptedException {
    Optional<Cgroup> group = pause.group();
    if (group.isPresent()) {
      return group.get().usage();
    }
    return pause.isPaused() ? atPause : ContainerUsage.read(running());
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
    pause.end();
    ContainerCommands running = commands;
    if (running != null) {
      running.close();
    }
    containers.remove(container);
  }
}
