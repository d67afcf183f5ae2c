package dev.homeport.version;

import dev.homeport.version.Version.Operation;
import dev.homeport.workspace.WorkspacePath;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The names under which the files at and below a path are found in the history, as versions are
/// looked at from the newest back. Not thread-safe.
final class PathTrail {
  private final Set<WorkspacePath> names = new HashSet<>();

  PathTrail(WorkspacePath path) {
    names.add(path);
  }

  /// Whether a version is about one of the files; takes the older name of one that was moved here.
  boolean takes(Version version) {
    WorkspacePath from = version.from();
    if (covers(version.path())) {
      if (from != null) {
        names.add(from);
      }
      return true;
    }
    return from != null && covers(from);
  }

  private boolean covers(WorkspacePath path) {
    WorkspacePath part = path;
    while (!names.contains(part)) {
      if (part.isRoot()) {
        return false;
      }
      part = part.parent();
    }
    return true;
  }

  /// Where a file stands now, or stood last, that a version is about.
  static WorkspacePath end(Version version, List<Version> all) {
    WorkspacePath path = version.path();
    for (Version later : all.subList(all.indexOf(version) + 1, all.size())) {
      boolean isGone =
          later.operation() == Operation.DELETED || later.operation() == Operation.MISSED;
      if (isGone && later.path().equals(path)) {
        return path;
      }
      if (path.equals(later.from())) {
        path = later.path();
      }
    }
    return path;
  }
}
