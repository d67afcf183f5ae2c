package dev.homeport.sandbox.session;

import dev.homeport.sandbox.Capability;
import dev.homeport.sandbox.Executor;
import dev.homeport.sandbox.SandboxException;
import dev.homeport.sandbox.SandboxException.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A sandbox under its name, made when it is first needed. Thread-safe.
final class NamedSandbox {
  private final String session;
  private final String name;
  private final Provisioner provisioner;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<BackgroundProcess> processes = new ArrayList<>();
  private @Nullable LiveSandbox live;

  NamedSandbox(String session, String name, Provisioner provisioner) {
    this.session = session;
    this.name = name;
    this.provisioner = provisioner;
  }

  String name() {
    return name;
  }

  /// The sandbox, made if there is none.
  ///
  /// @throws SandboxException of kind `LOST` if it died since its last use; the next call makes a
  ///   new one
  LiveSandbox live() throws IOException, InterruptedException {
    lock.lockInterruptibly();
    try {
      LiveSandbox found = live;
      if (found == null) {
        found = provisioner.provision();
        live = found;
        found.name(session, name);
      } else if (dropIfDead()) {
        throw new SandboxException(
            Kind.LOST,
            "The sandbox '"
                + name
                + "' died, and what it had changed is gone. Run again to get a new one.");
      }
      return found;
    } finally {
      lock.unlock();
    }
  }

  /// Takes over a sandbox that was made for this name.
  void take(LiveSandbox made) throws IOException {
    lock.lock();
    try {
      live = made;
      made.name(session, name);
    } finally {
      lock.unlock();
    }
  }

  /// Forgets the sandbox if it died, so that the next use makes a new one.
  boolean dropIfDead() throws IOException {
    lock.lock();
    try {
      LiveSandbox made = live;
      boolean dead = made != null && !made.sandbox().isAlive();
      if (dead) {
        stop();
      }
      return dead;
    } finally {
      lock.unlock();
    }
  }

  /// The sandbox, if it was made already.
  Optional<LiveSandbox> made() {
    lock.lock();
    try {
      return Optional.ofNullable(live);
    } finally {
      lock.unlock();
    }
  }

  /// The same without waiting for one that is just being made or stopped.
  Optional<LiveSandbox> ifMade() {
    if (!lock.tryLock()) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(live);
    } finally {
      lock.unlock();
    }
  }

  void add(BackgroundProcess process) {
    lock.lock();
    try {
      processes.add(process);
    } finally {
      lock.unlock();
    }
  }

  Optional<BackgroundProcess> process(String id) {
    lock.lock();
    try {
      return processes.stream().filter(process -> process.id().equals(id)).findFirst();
    } finally {
      lock.unlock();
    }
  }

  SandboxInfo info() throws InterruptedException {
    lock.lock();
    try {
      LiveSandbox made = live;
      List<Executor> executors =
          made == null ? provisioner.template().executors() : made.executors();
      var running = new ArrayList<ProcessInfo>();
      for (BackgroundProcess process : processes) {
        running.add(process.info());
      }
      return new SandboxInfo(
          name,
          made == null ? "" : made.backend(),
          made == null ? Set.<Capability>of() : made.sandbox().capabilities(),
          executors.stream().map(Executor::name).toList(),
          running);
    } finally {
      lock.unlock();
    }
  }

  /// Destroys the sandbox with all of its processes and files; a later use makes a new one.
  void stop() throws IOException {
    lock.lock();
    try {
      LiveSandbox made = live;
      live = null;
      if (made != null) {
        made.close();
      }
      for (BackgroundProcess process : processes) {
        process.run().close();
      }
      processes.clear();
    } finally {
      lock.unlock();
    }
  }
}
