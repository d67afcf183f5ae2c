package dev.homeport.sandbox.session;

import dev.homeport.sandbox.SandboxBackend;
import dev.homeport.sandbox.files.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// What dead servers left below one state root: adopted by a server of their kin, or swept.
/// Thread-safe.
final class Orphans {
  private final Path root;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Long> deadSince = new HashMap<>();

  Orphans(Path root) {
    this.root = root;
  }

  /// The instances that this process owns from now on, unless it leaves them.
  ///
  /// @param kin what their servers have in common with this one
  List<Instance> ofKin(String kin) throws IOException {
    return Instance.orphans(root, kin);
  }

  /// Removes what dead instances left: first in the engines, then on the disk.
  ///
  /// @param grace how long after they were first found dead, so that they can be adopted
  void sweep(List<SandboxBackend> backends, Duration grace)
      throws IOException, InterruptedException {
    lock.lockInterruptibly();
    var claims = new HashMap<String, Lease>();
    try {
      String prefix = Instance.prefix(root);
      for (SandboxBackend backend : backends) {
        backend.sweep(root, id -> !id.startsWith(prefix) || lives(id, grace, claims));
      }
      for (String id : Instance.ids(root)) {
        if (!lives(id, grace, claims)) {
          Trees.delete(root.resolve(id));
        }
      }
      for (Lease claim : claims.values()) {
        claim.end();
      }
      deadSince.keySet().removeAll(claims.keySet());
    } finally {
      for (Lease claim : claims.values()) {
        claim.close();
      }
      lock.unlock();
    }
  }

  private boolean lives(String id, Duration grace, Map<String, Lease> claims) {
    if (claims.containsKey(id)) {
      return false;
    }
    try {
      Optional<Lease> claim = Lease.claim(root, id);
      if (claim.isEmpty()) {
        deadSince.remove(id);
        return true;
      }
      long now = System.nanoTime();
      if (now - deadSince.computeIfAbsent(id, _ -> now) < grace.toNanos()) {
        claim.get().close();
        return true;
      }
      claims.put(id, claim.get());
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
