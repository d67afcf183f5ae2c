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
import dev.homeport.sandbox.cgroup.Cgroup;
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

  private BubblewrapSandbox(
      SandboxSpec spec, HiddenFiles hiddenFiles, SortedSet<WorkspacePath> masked, Started started)
      throws IOException {
    this.spec = spec;
    this.hiddenFiles = hiddenFiles;
    this.masked = masked;
    this.runner = started.runner();
    this.cgroup = started.cgroup();
    this.pausable = started.pausable();
    this.agent = started.agent();
    this.holder = started.holder();
    this.upper = holder.isOverlay() ? upper(spec) : null;
    this.copy = holder.isOverlay() ? null : copy();
  }

  /// @param agent the agent's program, or empty to start each command as a process of its own
  static BubblewrapSandbox create(SandboxSpec spec, boolean overlay, Optional<Path> agent)
      throws IOException, InterruptedException {
    return create(spec, overlay, agent, null);
  }

  /// @param snapshot what [#snapshot] filled
  static BubblewrapSandbox restore(SandboxSpec spec, Optional<Path> agent, Path snapshot)
      throws IOException, InterruptedException {
    return create(spec, true, agent, Layers.in(snapshot));
  }

  /// @param source whose files it begins with, or null
  private static BubblewrapSandbox create(
      SandboxSpec spec, boolean overlay, Optional<Path> agent, @Nullable Layers source)
      throws IOException, InterruptedException {
    Path directory = spec.directory();
    for (String name : List.of("lower", "mask", "upper", "work", "merged", "scratch", "copy")) {
      Files.createDirectory(directory.resolve(name));
    }
    HiddenFiles hiddenFiles = hidden(spec);
    var masked = new TreeSet<>(hiddenFiles.find());
    masked.add(new WorkspacePath(List.of(Workspace.OWN_DIRECTORY)));
    Mask.fill(directory, spec.workspace().root(), masked, agent.isPresent());
    if (source != null) {
      Layers.copy(source.upper(), directory.resolve("upper"));
    }
    MountHolder holder = MountHolder.start(spec, overlay, agent);
    try {
      if (source != null) {
        requireOverlay(holder);
        Layers.copy(source.scratch(), holder.scratch());
      }
      var sandbox =
          new BubblewrapSandbox(spec, hiddenFiles, masked, Started.over(holder, spec, agent));
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
    Started started = Started.adopt(spec, agent, handles);
    try {
      var sandbox = new BubblewrapSandbox(spec, hidden(spec), Mask.read(spec.directory()), started);
      if (sandbox.copy != null) {
        sandbox.copy.resumed();
      }
      return sandbox;
    } catch (IOException e) {
      started.holder().close();
      throw e;
    }
  }

  private static HiddenFiles hidden(SandboxSpec spec) {
    return new HiddenFiles(spec.workspace().root(), spec.template().policy());
  }

  private static void requireOverlay(MountHolder holder) throws SandboxException {
    if (!holder.isOverlay()) {
      throw new SandboxException(
          Kind.FAILED, "This sandbox works on a copy of the workspace and cannot be forked.");
    }
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
        capabilities.add(Capability.SLEEP);
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
    return whileStill(files -> create(target, true, agent, files));
  }

  @Override
  public void snapshot(Path directory) throws IOException, InterruptedException {
    whileStill(files -> {
      Layers copies = Layers.in(directory);
      Layers.copy(files.upper(), Files.createDirectory(copies.upper()));
      Layers.copy(files.scratch(), Files.createDirectory(copies.scratch()));
      return directory;
    });
  }

  private interface Copying<T> {
    T copy(Layers files) throws IOException, InterruptedException;
  }

  private <T> T whileStill(Copying<T> copying) throws IOException, InterruptedException {
    requireOverlay(holder);
    boolean freeze = pausable && !paused;
    if (freeze) {
      pause();
    }
    try {
      return copying.copy(new Layers(spec.directory().resolve("upper"), holder.scratch()));
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
