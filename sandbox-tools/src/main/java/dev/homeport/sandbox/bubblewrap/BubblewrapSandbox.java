package dev.homeport.sandbox.bubblewrap;

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
import dev.homeport.sandbox.files.HiddenFiles;
import dev.homeport.sandbox.files.WorkspaceCopy;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A sandbox whose commands share one overlay and one `/tmp`.
final class BubblewrapSandbox implements Sandbox {
  private final SandboxSpec spec;
  private final HiddenFiles hiddenFiles;
  private final SortedSet<WorkspacePath> masked;
  private final CommandRunner runner;
  private final @Nullable Cgroup cgroup;
  private final boolean pausable;
  private final Optional<Path> agent;
  private final MountHolder holder;
  private final @Nullable Upper upper;
  private final @Nullable WorkspaceCopy copy;
  private volatile boolean paused;

  private BubblewrapSandbox(SandboxSpec spec, SortedSet<WorkspacePath> masked, Started started)
      throws IOException {
    this.spec = spec;
    this.hiddenFiles = new HiddenFiles(spec.workspace().root(), spec.template().policy());
    this.masked = masked;
    this.runner = started.runner();
    this.cgroup = started.cgroup();
    this.pausable = started.pausable();
    this.agent = started.agent();
    this.holder = started.holder();
    this.upper = holder.isOverlay() ? upper(spec) : null;
    this.copy = holder.isOverlay() ? null : copy();
  }

  private record Started(
      MountHolder holder,
      CommandRunner runner,
      @Nullable Cgroup cgroup,
      boolean pausable,
      Optional<Path> agent) {}

  /// @param agent the agent's program, or empty to start each command as a process of its own
  static BubblewrapSandbox create(SandboxSpec spec, boolean overlay, Optional<Path> agent)
      throws IOException, InterruptedException {
    return create(spec, overlay, agent, null);
  }

  /// @param source whose files it begins with, or null
  private static BubblewrapSandbox create(
      SandboxSpec spec, boolean overlay, Optional<Path> agent, @Nullable BubblewrapSandbox source)
      throws IOException, InterruptedException {
    Path directory = spec.directory();
    for (String name : List.of("lower", "mask", "upper", "work", "merged", "scratch", "copy")) {
      Files.createDirectory(directory.resolve(name));
    }
    var masked =
        new TreeSet<>(new HiddenFiles(spec.workspace().root(), spec.template().policy()).find());
    masked.add(new WorkspacePath(List.of(Workspace.OWN_DIRECTORY)));
    Mask.fill(directory, spec.workspace().root(), masked);
    if (source != null) {
      copy(source.spec.directory().resolve("upper"), directory.resolve("upper"));
    }
    MountHolder holder = MountHolder.start(spec, overlay, agent);
    try {
      if (source != null) {
        requireOverlay(holder);
        copy(source.holder.scratch(), holder.scratch());
      }
      var sandbox = new BubblewrapSandbox(spec, masked, start(spec, holder, agent));
      sandbox.refresh();
      return sandbox;
    } catch (IOException | InterruptedException e) {
      holder.close();
      throw e;
    }
  }

  /// Takes over what the keeper of a killed server still holds.
  ///
  /// @param handles the commands that will be asked for
  static BubblewrapSandbox adopt(SandboxSpec spec, Path agent, Set<String> handles)
      throws IOException, InterruptedException {
    KeptSandbox kept = KeptSandbox.read(spec.directory());
    MountHolder holder = MountHolder.adopt(spec, kept.keeper(), kept.overlay());
    try {
      @Nullable Cgroup cgroup = kept.groups().isEmpty() ? null : Cgroup.of(kept.groups());
      if (cgroup != null) {
        cgroup.freeze(false);
      }
      var command = BwrapCommand.of(spec, kept.overlay(), cgroup == null, Optional.of(agent));
      ResidentRunner runner = ResidentRunner.adopt(spec, holder, cgroup, command, handles);
      boolean pausable = cgroup != null && cgroup.isCounted();
      var started = new Started(holder, runner, cgroup, pausable, Optional.of(agent));
      var sandbox = new BubblewrapSandbox(spec, Mask.read(spec.directory()), started);
      if (sandbox.copy != null) {
        sandbox.copy.resumed();
      }
      return sandbox;
    } catch (IOException | InterruptedException e) {
      holder.close();
      throw e;
    }
  }

  private static void requireOverlay(MountHolder holder) throws SandboxException {
    if (!holder.isOverlay()) {
      throw new SandboxException(
          Kind.FAILED, "This sandbox works on a copy of the workspace and cannot be forked.");
    }
  }

  private static void copy(Path from, Path to) throws IOException, InterruptedException {
    Launcher.run(List.of("cp", "-a", "--reflink=auto", "--", from + "/.", to.toString()));
  }

  private static Started start(SandboxSpec spec, MountHolder holder, Optional<Path> agent)
      throws IOException {
    @Nullable Cgroup cgroup =
        Cgroup.create(
                BubblewrapBackend.CGROUPS,
                BubblewrapBackend.membership(),
                spec.instance() + "-" + spec.id(),
                spec.template().limits())
            .orElse(null);
    BwrapCommand command = BwrapCommand.of(spec, holder.isOverlay(), cgroup == null, agent);
    CommandRunner runner;
    if (agent.isPresent()) {
      runner = ResidentRunner.open(spec, holder, cgroup, command);
      KeptSandbox.of(holder, cgroup).write(spec.directory());
    } else {
      runner = new ProcessRunner(spec, holder, cgroup, command);
    }
    boolean pausable = cgroup != null && agent.isPresent() && cgroup.isCounted();
    return new Started(holder, runner, cgroup, pausable, agent);
  }

  private static Upper upper(SandboxSpec spec) throws IOException {
    return new Upper(UpperTree.of(spec), spec.workspace(), spec.template().policy());
  }

  private WorkspaceCopy copy() {
    var inside =
        new WorkspaceCopy.Holder() {
          @Override
          public Exec start(Command command) throws IOException, InterruptedException {
            return runner.start(command, Collections.emptySortedSet());
          }

          @Override
          public void unpack(InputStream tar) throws IOException, InterruptedException {
            Capture.run(start(new Command(List.of("tar", "-xf", "-"), tar)));
          }
        };
    return new WorkspaceCopy(
        spec.workspace().root(), spec.template().policy(), List.of(), spec.directory(), inside);
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
      capabilities.add(Capability.FORK);
    }
    if (cgroup != null) {
      capabilities.add(Capability.TOTAL_LIMITS);
      if (pausable) {
        capabilities.add(Capability.PAUSE);
      }
    }
    return capabilities;
  }

  @Override
  public Exec exec(Command command) throws IOException, InterruptedException {
    resume();
    refresh();
    var appeared = new TreeSet<WorkspacePath>();
    if (upper != null) {
      appeared.addAll(hiddenFiles.find());
      appeared.removeAll(masked);
    }
    return runner.start(command, appeared);
  }

  @Override
  public Optional<Attached> attach(String handle, long from) throws IOException {
    return runner.attach(handle, from);
  }

  @Override
  public List<FileChange> changes() throws IOException, InterruptedException {
    if (upper != null) {
      return upper.changes();
    }
    resume();
    return copy == null ? List.of() : copy.changes();
  }

  @Override
  public void settle(Collection<WorkspacePath> paths) throws IOException, InterruptedException {
    if (upper != null) {
      upper.settle(paths);
    }
    if (copy != null) {
      resume();
      copy.settle(paths);
    }
  }

  @Override
  public void pause() throws IOException {
    if (!pausable || cgroup == null || !cgroup.freeze(true)) {
      throw new SandboxException(
          Kind.FAILED,
          "This sandbox cannot be paused: no control group with a freezer is delegated here.");
    }
    paused = true;
  }

  @Override
  public void resume() throws IOException {
    if (paused && cgroup != null) {
      cgroup.freeze(false);
      paused = false;
    }
  }

  /// The files stand still while they are copied.
  @Override
  public Sandbox fork(SandboxSpec target) throws IOException, InterruptedException {
    requireOverlay(holder);
    boolean freeze = pausable && !paused;
    if (freeze) {
      pause();
    }
    try {
      return create(target, true, agent, this);
    } finally {
      if (freeze) {
        resume();
      }
    }
  }

  @Override
  public Optional<Usage> usage() throws IOException {
    return cgroup == null ? Optional.empty() : cgroup.usage();
  }

  @Override
  public boolean isAlive() {
    return runner.isAlive();
  }

  @Override
  public void close() throws IOException {
    resume();
    runner.close();
    if (cgroup != null) {
      cgroup.close();
    }
  }
}
