package dev.homeport.search.live;

import dev.homeport.search.tree.DirectoryRules;
import dev.homeport.search.tree.IgnoreFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What ignore files outside of all watched directories say: those above the root, the user's own,
/// and the `.git/info/exclude` of each repository in the tree.
///
/// They are few, so each is asked for its time of change before every answer. For one thread at a
/// time.
final class OutsideRules {
  private static final Stat ABSENT = Stat.NOTHING;

  private final Path root;
  private final List<Path> files;
  private final Map<Path, Stat> known = new HashMap<>();
  private @Nullable DirectoryRules above;

  OutsideRules(Path root) {
    this.root = root;
    this.files = IgnoreFiles.filesAbove(root);
  }

  /// The rules that hold at the root because of what is above it, as they were refreshed last.
  DirectoryRules above() {
    return Objects.requireNonNull(above);
  }

  /// The states of the files above the root, by path, that cannot change without showing it.
  Map<String, Stat> states() {
    var states = new HashMap<String, Stat>();
    for (Path file : files) {
      Stat stat = known.get(file);
      if (stat != null) {
        states.put(file.toString(), stat);
      }
    }
    return states;
  }

  /// Takes files above the root as known, in the states that an earlier process saw.
  void assume(Map<String, Stat> states) {
    states.forEach((path, stat) -> known.put(Path.of(path), stat));
  }

  /// Reads the rules above the root again if a file of theirs changed.
  ///
  /// @return whether one changed
  boolean refresh() throws IOException {
    boolean isChanged = !changed(files).isEmpty();
    if (isChanged || above == null) {
      above = IgnoreFiles.above(root);
    }
    return isChanged;
  }

  /// Which repositories have another `.git/info/exclude` than at the last call.
  ///
  /// @param repositories their paths from the root, each empty or with a trailing `/`
  List<String> changedExcludes(List<String> repositories) throws IOException {
    var paths = new HashMap<Path, String>();
    for (String repository : repositories) {
      paths.put(root.resolve(repository + ".git/info/exclude"), repository);
    }
    return changed(paths.keySet()).stream().map(paths::get).toList();
  }

  /// Takes the `.git/info/exclude` of repositories as known that have not changed since they were
  /// read.
  ///
  /// @param since a time before they were read, in nanoseconds since 1970
  void read(List<String> repositories, long since) throws IOException {
    try (var calls = Syscalls.borrow()) {
      for (String repository : repositories) {
        Path file = root.resolve(repository + ".git/info/exclude");
        Stat stat = stat(calls, file);
        if (!Stat.isHot(stat.changed(), since)) {
          known.putIfAbsent(file, stat);
        }
      }
    }
  }

  private List<Path> changed(Iterable<Path> candidates) throws IOException {
    var changed = new ArrayList<Path>();
    try (var calls = Syscalls.borrow()) {
      long now = Stat.now();
      for (Path file : candidates) {
        Stat stat = stat(calls, file);
        // One that changed just now may change once more without showing it.
        boolean isHot = Stat.isHot(stat.changed(), now);
        Stat before = isHot ? known.remove(file) : known.put(file, stat);
        if (isHot || !stat.equals(before)) {
          changed.add(file);
        }
      }
    }
    return changed;
  }

  private static Stat stat(Syscalls calls, Path file) throws IOException {
    try {
      Stat stat = calls.statFollowing(file.toString().getBytes(StandardCharsets.UTF_8));
      if (stat == null) {
        return ABSENT;
      }
      // Of a directory it only matters that it is there.
      return stat.isDirectory() ? new Stat(stat.mode(), 0, 0, 0, 0, 0, 0) : stat;
    } catch (AccessDeniedException e) {
      return ABSENT;
    }
  }
}
