package dev.homeport.sandbox.docker;

import dev.homeport.sandbox.cgroup.Cgroup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// Whether a container is paused: through its control group where this machine's files show that,
/// else by the engine. Thread-safe.
final class ContainerPause {
  private final Engine engine;
  private final FrozenGroups frozen;
  private final String container;
  private final Optional<Path> agent;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile Optional<Cgroup> group = Optional.empty();
  private volatile boolean paused;

  /// @param agent the agent's program, if there is one
  ContainerPause(DockerSandbox.Host host, String container, Optional<Path> agent) {
    this.engine = host.engine();
    this.frozen = host.frozen();
    this.container = container;
    this.agent = agent;
  }

  /// Looks for the control group of the container, which must run.
  void find() throws IOException {
    group = Cgroup.of(new Containers(engine).process(container), container);
  }

  Optional<Cgroup> group() {
    return group;
  }

  boolean isPaused() {
    return paused;
  }

  /// Whether a paused one ends by itself when its server is killed.
  boolean isByGroup() {
    return agent.isPresent() && group.filter(Cgroup::canFreeze).isPresent();
  }

  void pause() throws IOException, InterruptedException {
    lock.lockInterruptibly();
    try {
      if (paused) {
        return;
      }
      if (isByGroup()) {
        frozen.freeze(group.orElseThrow(), agent.orElseThrow());
      } else {
        engine.call(client -> client.pauseContainerCmd(container).exec());
      }
      paused = true;
    } finally {
      lock.unlock();
    }
  }

  void resume() throws IOException, InterruptedException {
    if (!paused) {
      return;
    }
    lock.lockInterruptibly();
    try {
      if (paused) {
        thaw();
      }
    } finally {
      lock.unlock();
    }
  }

  private void thaw() throws IOException {
    if (isByGroup()) {
      frozen.thaw(group.orElseThrow());
    } else {
      engine.call(client -> client.unpauseContainerCmd(container).exec());
    }
    paused = false;
  }

  /// Forgets a container that is about to be removed, which the engine can do with a paused one.
  void end() throws IOException {
    if (paused && isByGroup()) {
      frozen.thaw(group.orElseThrow());
    }
  }

  /// Lets one go on that another server may have paused.
  void takeOver() throws IOException {
    if (new Containers(engine).isPaused(container)) {
      engine.call(client -> client.unpauseContainerCmd(container).exec());
    }
    find();
    if (group.isPresent()) {
      group.get().freeze(false);
    }
  }
}
