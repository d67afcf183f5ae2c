package dev.homeport.sandbox.bubblewrap;

import dev.homeport.sandbox.Capability;
import dev.homeport.sandbox.Command;
import dev.homeport.sandbox.Exec;
import dev.homeport.sandbox.FileChange;
import dev.homeport.sandbox.Sandbox;
import dev.homeport.sandbox.SandboxException;
import dev.homeport.sandbox.SandboxException.Kind;
import dev.homeport.sandbox.SandboxSpec;
import dev.homeport.sandbox.files.Capture;
import dev.homeport.sandbox.files.HiddenFiles;
import dev.homeport.sandbox.files.WorkspaceCopy;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A sandbox whose commands run in bubblewraps that share one overlay and one `/tmp`.
final class BubblewrapSandbox implements Sandbox {
  /// Joins the control groups, forgets what the overlay has cached of the workspace, which may have
  /// changed since, and becomes bubblewrap.
  private static final String ENTER =
      """
      set -eu
      overlay=$1 status=$2
      shift 2
      while [ "$1" != -- ]; do
        echo $$ >"$1/cgroup.procs"
        shift
      done
      shift
      [ -z "$overlay" ] || mount -o remount "$overlay"
      exec 3>"$status" "$@"
      """;

  private static final Duration END_LIMIT = Duration.ofSeconds(10);

  private final SandboxSpec spec;
  private final HiddenFiles hiddenFiles;
  private final SortedSet<WorkspacePath> masked;
  private final MountHolder holder;
  private final @Nullable Cgroup cgroup;
  private final BwrapCommand command;
  private final @Nullable Upper upper;
  private final @Nullable WorkspaceCopy copy;
  private final Set<BwrapExec> running = ConcurrentHashMap.newKeySet();
  private final AtomicLong execs = new AtomicLong();
  private volatile boolean closed;

  private BubblewrapSandbox(
      SandboxSpec spec, HiddenFiles hiddenFiles, SortedSet<WorkspacePath> masked, Started started)
      throws IOException {
    this.spec = spec;
    this.hiddenFiles = hiddenFiles;
    this.masked = masked;
    this.holder = started.holder();
    this.cgroup = started.cgroup();
    this.command = BwrapCommand.of(spec, cgroup == null);
    this.upper = holder.isOverlay() ? upper(spec) : null;
    this.copy = holder.isOverlay() ? null : copy();
  }

  private record Started(MountHolder holder, @Nullable Cgroup cgroup) {}

  static BubblewrapSandbox create(SandboxSpec spec, boolean overlay)
      throws IOException, InterruptedException {
    Path directory = spec.directory();
    for (String name : List.of("lower", "mask", "upper", "work", "merged", "scratch", "copy")) {
      Files.createDirectory(directory.resolve(name));
    }
    var hiddenFiles = new HiddenFiles(spec.workspace().root(), spec.template().policy());
    var masked = new TreeSet<>(hiddenFiles.find());
    masked.add(new WorkspacePath(List.of(Workspace.OWN_DIRECTORY)));
    Mask.fill(directory, spec.workspace().root(), masked);
    MountHolder holder = MountHolder.start(spec, overlay);
    try {
      Optional<Cgroup> cgroup =
          Cgroup.create(
              BubblewrapBackend.CGROUPS,
              BubblewrapBackend.membership(),
              spec.instance() + "-" + spec.id(),
              spec.template().limits());
      var started = new Started(holder, cgroup.orElse(null));
      var sandbox = new BubblewrapSandbox(spec, hiddenFiles, masked, started);
      sandbox.refresh();
      return sandbox;
    } catch (IOException | InterruptedException e) {
      holder.close();
      throw e;
    }
  }

  private static Upper upper(SandboxSpec spec) throws IOException {
    return new Upper(
        Workspace.open(spec.directory().resolve("upper")),
        spec.workspace(),
        spec.template().policy());
  }

  private WorkspaceCopy copy() {
    var inside =
        new WorkspaceCopy.Holder() {
          @Override
          public Exec start(Command command) throws IOException, InterruptedException {
            return BubblewrapSandbox.this.start(command, List.of());
          }

          @Override
          public void unpack(InputStream tar) throws IOException, InterruptedException {
            Capture.run(start(new Command(List.of("tar", "-xf", "-"), tar)));
          }
        };
    return new WorkspaceCopy(
        spec.workspace().root(),
        spec.template().policy(),
        List.of(),
        spec.directory().resolve("spool"),
        inside);
  }

  private void refresh() throws IOException, InterruptedException {
    if (copy != null) {
      copy.refresh();
    }
  }

  @Override
  public Set<Capability> capabilities() {
    var capabilities = EnumSet.noneOf(Capability.class);
    if (upper != null) {
      capabilities.add(Capability.OVERLAY);
    }
    if (cgroup != null) {
      capabilities.add(Capability.TOTAL_LIMITS);
    }
    return capabilities;
  }

  @Override
  public Exec exec(Command command) throws IOException, InterruptedException {
    refresh();
    Set<WorkspacePath> appeared = Set.of();
    if (upper != null) {
      appeared = new TreeSet<>(hiddenFiles.find());
      appeared.removeAll(masked);
    }
    return start(command, appeared);
  }

  /// @param appeared secrets that were not there yet when the overlay was mounted
  private BwrapExec start(Command program, Collection<WorkspacePath> appeared)
      throws IOException, InterruptedException {
    if (!isAlive()) {
      throw new SandboxException(Kind.LOST, "The sandbox is gone.");
    }
    Path status = spec.directory().resolve("status-" + execs.incrementAndGet());
    var argv = new ArrayList<>(holder.enter());
    argv.addAll(List.of("sh", "-c", ENTER, "sh"));
    argv.add(upper == null ? "" : spec.directory().resolve("merged").toString());
    argv.add(status.toString());
    if (cgroup != null) {
      cgroup.directories().forEach(group -> argv.add(group.toString()));
    }
    argv.add("--");
    argv.addAll(command.argv(program.argv(), appeared));
    long oomKills = cgroup == null ? 0 : cgroup.oomKills();
    Process process = Launcher.start(argv);
    var exec = new BwrapExec(process, status, cgroup, oomKills);
    running.removeIf(BwrapExec::hasEnded);
    running.add(exec);
    exec.feed(program.stdin());
    return exec;
  }

  @Override
  public List<FileChange> changes() throws IOException, InterruptedException {
    if (upper != null) {
      return upper.changes();
    }
    return copy == null ? List.of() : copy.changes();
  }

  @Override
  public void settle(Collection<WorkspacePath> paths) throws IOException, InterruptedException {
    if (upper != null) {
      upper.settle(paths);
    }
    if (copy != null) {
      copy.settle(paths);
    }
  }

  @Override
  public boolean isAlive() {
    return !closed && holder.isAlive();
  }

  @Override
  public void close() throws IOException {
    closed = true;
    try {
      for (BwrapExec exec : running) {
        exec.kill();
        exec.await(END_LIMIT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    holder.close();
    if (cgroup != null) {
      cgroup.close();
    }
  }
}
