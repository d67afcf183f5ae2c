package dev.homeport.sandbox.session;

import dev.homeport.sandbox.ExecRequest;
import dev.homeport.sandbox.FileChange;
import dev.homeport.sandbox.Sandbox;
import dev.homeport.sandbox.SandboxBackend;
import dev.homeport.sandbox.SandboxException;
import dev.homeport.sandbox.SandboxException.Kind;
import dev.homeport.sandbox.SandboxTemplate;
import dev.homeport.sandbox.egress.EgressContext;
import dev.homeport.sandbox.egress.EgressLog;
import dev.homeport.workspace.Sha256;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// The sandboxes of one workspace, by session and name.
///
/// A sandbox is made on its first command, of the first backend that works, and lives until it is
/// stopped or this is closed. A killed owner's sandboxes can be adopted by the next owner for half
/// a minute; then they end, and owners sweep what they left. Thread-safe. Where not said otherwise,
/// methods throw [SandboxException] for what the caller can repair.
public final class Sandboxes implements AutoCloseable {
  /// The largest file that [#get], [#put] and [#apply] take, in bytes.
  public static final int LARGEST_FILE = 64 << 20;

  /// After this without use a sandbox is frozen, if it has [Capability#SLEEP], until the next use.
  public static final Duration IDLE = Duration.ofSeconds(30);

  private static final Duration LONGEST_BACKGROUND = Duration.ofDays(7);

  private final List<Instance> instances = new CopyOnWriteArrayList<>();
  private final Provisioner provisioner;
  private final Snapshots snapshots;
  private final NamedSandboxes sandboxes;
  private final AtomicLong processIds = new AtomicLong();
  private final Sweeper sweeper;
  private final Sleeper sleeper;

  private Sandboxes(Instance instance, Provisioner provisioner, Snapshots snapshots) {
    this.snapshots = snapshots;
    this.instances.add(instance);
    this.provisioner = provisioner;
    this.sandboxes = new NamedSandboxes(provisioner);
    this.sweeper = new Sweeper(provisioner);
    this.sleeper = Sleeper.start(sandboxes, IDLE);
  }

  /// Takes a lease in the state directory; touches no engine yet.
  ///
  /// @param stateRoot `$XDG_STATE_HOME/homeport/sandboxes`, shared with other servers
  /// @param backends in the order in which they are tried
  public static Sandboxes open(
      Workspace workspace, Path stateRoot, List<SandboxBackend> backends, SandboxTemplate template)
      throws IOException {
    return open(workspace, stateRoot, backends, template, EgressContext.of(EgressLog.NONE));
  }

  /// The same, with an account of what the sandboxes ask of the network.
  ///
  /// @param context what the way to the network takes from this server
  public static Sandboxes open(
      Workspace workspace,
      Path stateRoot,
      List<SandboxBackend> backends,
      SandboxTemplate template,
      EgressContext context)
      throws IOException {
    if (stateRoot.toAbsolutePath().startsWith(workspace.root())) {
      throw new SandboxException(
          Kind.FAILED,
          "The directory for sandboxes lies inside the workspace, where sandboxes would see each"
              + " other; set XDG_STATE_HOME to another place.");
    }
    Instance instance = Instance.open(stateRoot, Provisioner.kin(workspace, template));
    return new Sandboxes(
        instance,
        new Provisioner(instance, workspace, backends, template, context),
        new Snapshots(snapshots(workspace, stateRoot)));
  }

  /// Beside the directories of instances, which are swept.
  private static Path snapshots(Workspace workspace, Path stateRoot) throws IOException {
    byte[] root = workspace.root().toRealPath().toString().getBytes(StandardCharsets.UTF_8);
    return stateRoot.resolveSibling("snapshots").resolve(Sha256.hex(root).substring(0, 16));
  }

  /// Takes over what runs in sandboxes of servers that were killed, if they had the same workspace
  /// and template: by the same names, or with a number behind it if that is taken. Commands that
  /// were waited for are background processes from now on. To be called before anything is made.
  public void adopt() throws IOException, InterruptedException {
    instances.addAll(new Adoption(provisioner, sandboxes, processIds).run());
  }

  /// Sweeps now, in the background, and again after each pause until this is closed. What a killed
  /// server left is given 15 seconds first, in which a server of the same workspace can adopt it.
  public void sweepRegularly(Duration pause) {
    sweeper.start(pause);
  }

  /// Removes what dead servers with the same state directory left behind.
  public void sweep() throws IOException, InterruptedException {
    provisioner.sweep(Duration.ZERO);
  }

  /// Runs an input and waits for it; an interrupt kills it.
  ///
  /// @param progress is told each piece of output as it comes, on another thread
  public ExecResult execute(ExecRequest request, Consumer<String> progress)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    Execution done = Execution.of(request, () -> require(request), progress);
    return done.result(Duration.ofNanos(System.nanoTime() - start));
  }

  private NamedSandbox require(ExecRequest request) throws SandboxException {
    return require(request.session(), request.sandbox());
  }

  /// Starts an input in the background; its timeout does not count.
  public ProcessInfo start(ExecRequest request) throws IOException, InterruptedException {
    NamedSandbox named = require(request.session(), request.sandbox());
    ExecRequest unlimited =
        new ExecRequest(
            request.session(),
            request.sandbox(),
            request.executor(),
            request.input(),
            request.stdin(),
            request.limits().withTimeout(LONGEST_BACKGROUND));
    BackgroundProcess process = named.live().start(unlimited, "p" + processIds.incrementAndGet());
    named.add(process);
    return process.info();
  }

  /// What a background process printed from a position on, at most `maxBytes`.
  ///
  /// @param cursor 0, or [LogChunk#next] of the chunk before
  public LogChunk logs(String session, String processId, long cursor, int maxBytes)
      throws IOException, InterruptedException {
    ExecRun run = sandboxes.process(session, processId).run();
    return run.log().read(cursor, maxBytes, run.end().isPresent());
  }

  /// Kills a background process with all that it started.
  public ProcessInfo kill(String session, String processId)
      throws IOException, InterruptedException {
    BackgroundProcess process = sandboxes.process(session, processId);
    process.run().kill();
    return process.info();
  }

  /// Adds a sandbox to a session; it is made on its first command.
  public void create(String session, String name) throws SandboxException {
    sandboxes.create(session, name);
  }

  /// Adds a sandbox whose files are what those of another are now; its processes are its own.
  ///
  /// @param name the sandbox to take the files from
  /// @param as the name of the new one
  public void fork(String session, String name, String as)
      throws IOException, InterruptedException {
    LiveSandbox source = require(session, name).live();
    add(session, as, () -> provisioner.fork(source));
  }

  private interface Making {
    LiveSandbox make() throws IOException, InterruptedException;
  }

  private void add(String session, String name, Making making)
      throws IOException, InterruptedException {
    NamedSandbox added = sandboxes.create(session, name);
    try {
      added.take(making.make());
    } catch (IOException | InterruptedException e) {
      sandboxes.remove(session, name);
      throw e;
    }
  }

  /// Keeps the files of a sandbox under a name, for all sessions and servers of the workspace; what
  /// had the name before is replaced.
  public void snapshot(String session, String name, String snapshot)
      throws IOException, InterruptedException {
    snapshots.keep(snapshot, require(session, name).live());
  }

  /// Adds a sandbox with the files of a snapshot.
  public void restore(String session, String name, String snapshot)
      throws IOException, InterruptedException {
    Path files = snapshots.find(snapshot);
    add(session, name, () -> provisioner.restore(files));
  }

  /// The names of the workspace's snapshots, in order.
  public List<String> snapshots() throws IOException {
    return snapshots.names();
  }

  /// Deletes a snapshot.
  public void discard(String snapshot) throws IOException {
    snapshots.discard(snapshot);
  }

  /// The sandboxes of a session, in name order.
  public List<SandboxInfo> list(String session) throws InterruptedException {
    var infos = new ArrayList<SandboxInfo>();
    for (NamedSandbox named : sandboxes.of(session)) {
      infos.add(named.info());
    }
    return infos;
  }

  /// How many sandboxes of all sessions were made and not stopped.
  public int made() {
    return (int) sandboxes.all().stream().filter(named -> named.ifMade().isPresent()).count();
  }

  /// A sandbox that was made already: to pause it, or to see what it used.
  public Optional<Sandbox> made(String session, String name) throws SandboxException {
    return require(session, name).made().map(LiveSandbox::sandbox);
  }

  /// Destroys a sandbox with all of its processes and files.
  public void stop(String session, String name) throws IOException {
    require(session, name).stop();
    sandboxes.remove(session, name);
  }

  /// Writes a file in the sandbox; relative paths start at the workspace.
  public void put(String session, String name, String path, byte[] content)
      throws IOException, InterruptedException {
    if (content.length > LARGEST_FILE) {
      throw new SandboxException(
          Kind.TOO_LARGE,
          "The file has %,d bytes, but at most %,d can be put."
              .formatted(content.length, LARGEST_FILE));
    }
    require(session, name).live().write(path, content);
  }

  /// Reads a file of the sandbox; relative paths start at the workspace.
  public byte[] get(String session, String name, String path)
      throws IOException, InterruptedException {
    return require(session, name).live().read(path, LARGEST_FILE);
  }

  /// The files of the workspace that differ in the sandbox, in path order.
  public List<FileChange> diff(String session, String name)
      throws IOException, InterruptedException {
    Optional<LiveSandbox> made = require(session, name).made();
    return made.isEmpty() ? List.of() : made.get().changes();
  }

  /// Brings changes back into the workspace, each or not at all.
  ///
  /// @param paths which; empty for all
  public List<ApplyOutcome> apply(
      String session, String name, List<WorkspacePath> paths, ChangeTarget target)
      throws IOException, InterruptedException {
    List<FileChange> changes = diff(session, name);
    Optional<LiveSandbox> made = require(session, name).made();
    return made.isEmpty()
        ? List.of()
        : new ChangeApplier(made.get(), provisioner, target).apply(changes, paths);
  }

  /// Freezes what nobody has used for a time, now.
  void sleepAfter(Duration idle) throws InterruptedException {
    sandboxes.sleepAfter(idle);
  }

  /// How many of the pool are ready.
  int ready() {
    return provisioner.pool().ready();
  }

  private NamedSandbox require(String session, String name) throws SandboxException {
    return sandboxes.require(session, name);
  }

  /// Destroys all sandboxes and gives the lease back.
  @Override
  public void close() throws IOException {
    sweeper.close();
    sleeper.close();
    IOException first = null;
    for (NamedSandbox named : sandboxes.all()) {
      try {
        named.stop();
      } catch (IOException e) {
        first = e;
      }
    }
    provisioner.pool().close();
    for (Instance instance : instances) {
      instance.close();
    }
    if (first != null) {
      throw first;
    }
  }
}
