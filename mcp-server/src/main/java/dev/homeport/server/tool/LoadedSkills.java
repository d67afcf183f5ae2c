package dev.homeport.server.tool;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// Which skills each session has in its context, so that none is sent twice. Thread-safe.
///
/// Kept in memory, for the sessions used last: what is forgotten is sent once more, no harm done.
final class LoadedSkills {
  private static final int MAX_SESSIONS = 500;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Map<String, String>> versions =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Map<String, String>> eldest) {
          return size() > MAX_SESSIONS;
        }
      };

  /// Notes that a session gets a skill.
  ///
  /// @param version what tells this text from another one of the same skill
  /// @return whether the session had exactly this already
  boolean add(String session, String skill, String version) {
    lock.lock();
    try {
      var skills = versions.computeIfAbsent(session, _ -> new HashMap<>());
      return version.equals(skills.put(skill, version));
    } finally {
      lock.unlock();
    }
  }
}
