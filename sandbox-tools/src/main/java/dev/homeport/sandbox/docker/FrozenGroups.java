package dev.homeport.sandbox.docker;

import dev.homeport.sandbox.cgroup.Cgroup;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Freezes containers through their control groups, many times faster than the engine does it.
///
/// A frozen agent cannot see that its server was killed. So, while anything is frozen, a process
/// beside knows what, and thaws it some time after this server is gone; then the agents end.
/// Thread-safe.
final class FrozenGroups {
  /// Longer than the next server needs to take a container over; with the agent's own lease, less
  /// than a minute.
  private static final int SECONDS = 15;

  private final ReentrantLock lock = new ReentrantLock();
  private final Set<Path> frozen = new HashSet<>();
  private @Nullable Process guard;

  /// @param agent the agent's program, which is the process beside as well
  void freeze(Cgroup group, Path agent) throws IOException {
    lock.lock();
    try {
      frozen.addAll(group.directories());
      if (guard == null || !guard.isAlive()) {
        guard = start(agent);
        tell(guard, "+", frozen);
      } else {
        tell(guard, "+", group.directories());
      }
      group.freeze(true);
    } finally {
      lock.unlock();
    }
  }

  void thaw(Cgroup group) throws IOException {
    group.freeze(false);
    lock.lock();
    try {
      frozen.removeAll(group.directories());
      Process running = guard;
      if (running != null && running.isAlive()) {
        tell(running, "-", group.directories());
        if (frozen.isEmpty()) {
          running.getOutputStream().close();
          guard = null;
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private static void tell(Process guard, String what, Iterable<Path> groups) throws IOException {
    OutputStream listening = guard.getOutputStream();
    for (Path group : groups) {
      listening.write((what + group + "\n").getBytes(StandardCharsets.UTF_8));
    }
    listening.flush();
  }

  private static Process start(Path agent) throws IOException {
    var builder =
        new ProcessBuilder(List.of(agent.toString(), "guard", Integer.toString(SECONDS)))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().clear();
    return builder.start();
  }
}
