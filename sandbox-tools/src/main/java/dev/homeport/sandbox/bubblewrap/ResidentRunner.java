package dev.homeport.sandbox.bubblewrap;

import dev.homeport.sandbox.Attached;
import dev.homeport.sandbox.Command;
import dev.homeport.sandbox.Exec;
import dev.homeport.sandbox.ExecEnd;
import dev.homeport.sandbox.SandboxException;
import dev.homeport.sandbox.SandboxException.Kind;
import dev.homeport.sandbox.SandboxSpec;
import dev.homeport.sandbox.agent.AgentChannel;
import dev.homeport.sandbox.agent.KeeperChannel;
import dev.homeport.sandbox.agent.UnixLink;
import dev.homeport.sandbox.agent.Verdict;
import dev.homeport.sandbox.cgroup.Cgroup;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Starts commands by an agent that lives in a bubblewrap as its first process.
///
/// What a bubblewrap shows of the workspace beside the overlay is fixed when it starts. When that
/// must change, because a secret appeared or a protected file was replaced, the next command gets a
/// new bubblewrap over the same files, and the old one ends with its last command.
final class ResidentRunner implements CommandRunner {
  private static final String AGENT = "agent-";
  private static final Duration END_LIMIT = Duration.ofSeconds(10);

  private final SandboxSpec spec;
  private final MountHolder holder;
  private final KeeperChannel keeper;
  private final @Nullable Cgroup cgroup;
  private final BwrapCommand command;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<AgentChannel> retired = new ArrayList<>();
  private @Nullable AgentChannel agent;
  private @Nullable FixedView view;
  private int agents;
  private volatile boolean closed;

  private ResidentRunner(
      SandboxSpec spec,
      MountHolder holder,
      KeeperChannel keeper,
      @Nullable Cgroup cgroup,
      BwrapCommand command) {
    this.spec = spec;
    this.holder = holder;
    this.keeper = keeper;
    this.cgroup = cgroup;
    this.command = command;
  }

  static ResidentRunner open(
      SandboxSpec spec, MountHolder holder, @Nullable Cgroup cgroup, BwrapCommand command)
      throws IOException {
    KeeperChannel keeper = KeeperChannel.open(UnixLink.connect(holder.keeper()));
    return new ResidentRunner(spec, holder, keeper, cgroup, command);
  }

  /// Takes over a keeper with its agents. What they show of the workspace is not known any more, so
  /// the next command gets a new bubblewrap.
  static ResidentRunner adopt(
      SandboxSpec spec,
      MountHolder holder,
      @Nullable Cgroup cgroup,
      BwrapCommand command,
      Set<String> handles)
      throws IOException, InterruptedException {
    ResidentRunner runner = open(spec, holder, cgroup, command);
    while (Files.exists(spec.directory().resolve(AGENT + (runner.agents + 1)))) {
      runner.agents++;
      runner.adopt(AGENT + runner.agents, handles);
    }
    return runner;
  }

  private void adopt(String name, Set<String> handles) throws IOException, InterruptedException {
    UnixLink link;
    try {
      link = UnixLink.connect(spec.directory().resolve(name));
    } catch (ConnectException e) {
      // It ended with its last command.
      return;
    }
    AgentChannel old = AgentChannel.open(name, link, false);
    old.endOthers(handles);
    retired.add(old);
  }

  @Override
  public Optional<Attached> attach(String handle, long from) throws IOException {
    lock.lock();
    try {
      for (AgentChannel old : retired) {
        Optional<Attached> found = old.attach(handle, from, verdict());
        if (found.isPresent()) {
          return found;
        }
      }
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Exec start(Command program, SortedSet<WorkspacePath> appeared)
      throws IOException, InterruptedException {
    lock.lockInterruptibly();
    try {
      if (!isAlive()) {
        throw new SandboxException(Kind.LOST, "The sandbox is gone.");
      }
      if (holder.isOverlay()) {
        keeper.refresh();
      }
      return agent(view(appeared)).start(program, verdict());
    } finally {
      lock.unlock();
    }
  }

  private FixedView view(SortedSet<WorkspacePath> appeared) throws IOException {
    Path tree = holder.isOverlay() ? spec.workspace().root() : spec.directory().resolve("copy");
    return FixedView.of(tree, spec.template().policy(), appeared);
  }

  /// The agent that shows the workspace so.
  private AgentChannel agent(FixedView wanted) throws IOException, InterruptedException {
    AgentChannel current = agent;
    if (current != null && current.isOpen() && wanted.equals(view)) {
      return current;
    }
    if (current != null) {
      agent = null;
      retired.add(current);
    }
    endRetired();
    if (holder.isOverlay()) {
      // What the old bubblewrap had mounted could not be forgotten before.
      keeper.refresh();
    }
    AgentChannel started = startAgent(wanted);
    agent = started;
    view = wanted;
    return started;
  }

  private void endRetired() throws IOException {
    for (AgentChannel old : List.copyOf(retired)) {
      if (!old.isBusy()) {
        retired.remove(old);
        old.end(END_LIMIT);
      }
    }
  }

  private AgentChannel startAgent(FixedView wanted) throws IOException, InterruptedException {
    agents++;
    String socket = AGENT + agents;
    List<String> groups =
        cgroup == null ? List.of() : cgroup.directories().stream().map(Path::toString).toList();
    keeper.run(socket, groups, command.forAgent(wanted.covered()));
    try {
      return AgentChannel.open(socket, UnixLink.connect(spec.directory().resolve(socket)), false);
    } catch (IOException e) {
      String said = Files.readString(spec.directory().resolve("errors")).strip();
      throw new SandboxException(Kind.FAILED, "The sandbox did not start: " + said, e);
    }
  }

  private Verdict verdict() throws IOException {
    Cgroup group = cgroup;
    if (group == null) {
      return Verdict.PLAIN;
    }
    long before = group.oomKills();
    return status ->
        status != 0 && group.oomKills() > before
            ? new ExecEnd.OutOfMemory()
            : new ExecEnd.Status(status);
  }

  @Override
  public boolean isAlive() {
    return !closed && keeper.isOpen() && holder.isAlive();
  }

  @Override
  public void close() throws IOException {
    closed = true;
    lock.lock();
    try {
      AgentChannel current = agent;
      if (current != null) {
        retired.add(current);
      }
      for (AgentChannel old : retired) {
        old.end(END_LIMIT);
      }
      retired.clear();
      keeper.end();
    } finally {
      lock.unlock();
      holder.close();
    }
  }
}
