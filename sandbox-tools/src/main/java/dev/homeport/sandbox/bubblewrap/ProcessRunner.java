package dev.homeport.sandbox.bubblewrap;

import dev.homeport.sandbox.Command;
import dev.homeport.sandbox.Exec;
import dev.homeport.sandbox.SandboxException;
import dev.homeport.sandbox.SandboxException.Kind;
import dev.homeport.sandbox.SandboxSpec;
import dev.homeport.sandbox.cgroup.Cgroup;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Starts each command in a bubblewrap of its own; needs nothing but a shell.
final class ProcessRunner implements CommandRunner {
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
  private final MountHolder holder;
  private final @Nullable Cgroup cgroup;
  private final BwrapCommand command;
  private final Set<BwrapExec> running = ConcurrentHashMap.newKeySet();
  private final AtomicLong execs = new AtomicLong();
  private volatile boolean closed;

  ProcessRunner(
      SandboxSpec spec, MountHolder holder, @Nullable Cgroup cgroup, BwrapCommand command) {
    this.spec = spec;
    this.holder = holder;
    this.cgroup = cgroup;
    this.command = command;
  }

  @Override
  public Exec start(Command program, SortedSet<WorkspacePath> appeared)
      throws IOException, InterruptedException {
    if (!isAlive()) {
      throw new SandboxException(Kind.LOST, "The sandbox is gone.");
    }
    Path status = spec.directory().resolve("status-" + execs.incrementAndGet());
    var argv = new ArrayList<>(holder.enter());
    argv.addAll(List.of("sh", "-c", ENTER, "sh"));
    argv.add(holder.isOverlay() ? spec.directory().resolve("merged").toString() : "");
    argv.add(status.toString());
    if (cgroup != null) {
      cgroup.directories().forEach(group -> argv.add(group.toString()));
    }
    argv.add("--");
    argv.addAll(command.forCommand(program.argv(), appeared));
    long oomKills = cgroup == null ? 0 : cgroup.oomKills();
    Process process = Launcher.start(argv);
    var exec = new BwrapExec(process, status, cgroup, oomKills);
    running.removeIf(BwrapExec::hasEnded);
    running.add(exec);
    exec.feed(program.stdin());
    return exec;
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
  }
}
