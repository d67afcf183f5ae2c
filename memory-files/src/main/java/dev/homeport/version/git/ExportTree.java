package dev.homeport.version.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.homeport.workspace.WorkspaceException;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/// The files of a commit; only directories that changed are written again. Not thread-safe.
final class ExportTree {
  private final Directory root = new Directory();

  private sealed interface Node permits Blob, Directory {}

  private record Blob(ObjectId id) implements Node {}

  private static final class Directory implements Node {
    private final Map<String, Node> entries = new HashMap<>();
    private @Nullable ObjectId written;

    /// In git's order, in which a directory's name ends in a slash.
    private List<Map.Entry<String, Node>> sorted() {
      Comparator<Map.Entry<String, Node>> order =
          (one, other) -> Arrays.compareUnsigned(key(one), key(other));
      return entries.entrySet().stream().sorted(order).toList();
    }

    private static byte[] key(Map.Entry<String, Node> entry) {
      String end = entry.getValue() instanceof Directory ? "/" : "";
      return (entry.getKey() + end).getBytes(UTF_8);
    }
  }

  /// The files of a tree in a repository.
  static ExportTree of(ObjectReader reader, AnyObjectId tree) throws IOException {
    var read = new ExportTree();
    try (var walk = new TreeWalk(reader)) {
      walk.addTree(tree);
      walk.setRecursive(true);
      while (walk.next()) {
        read.put(WorkspacePath.parse(walk.getPathString()), walk.getObjectId(0));
      }
    }
    return read;
  }

  /// The paths of all files.
  List<WorkspacePath> paths() throws WorkspaceException {
    var paths = new ArrayList<WorkspacePath>();
    collect(root, WorkspacePath.ROOT, paths);
    return paths;
  }

  private static void collect(Directory directory, WorkspacePath path, List<WorkspacePath> paths)
      throws WorkspaceException {
    for (Map.Entry<String, Node> entry : directory.entries.entrySet()) {
      WorkspacePath below = path.child(entry.getKey());
      switch (entry.getValue()) {
        case Blob _ -> paths.add(below);
        case Directory child -> collect(child, below, paths);
      }
    }
  }

  /// Puts a file; what stands in its way is gone then.
  void put(WorkspacePath path, ObjectId content) {
    Directory directory = root;
    directory.written = null;
    for (String name : path.parent().segments()) {
      Node next = directory.entries.get(name);
      Directory child = next instanceof Directory known ? known : new Directory();
      directory.entries.put(name, child);
      directory = child;
      directory.written = null;
    }
    directory.entries.put(path.name(), new Blob(content));
  }

  /// Removes a file, and directories that have no other.
  void remove(WorkspacePath path) {
    remove(root, path.segments());
  }

  private static void remove(Directory directory, List<String> names) {
    String name = names.getFirst();
    Node entry = directory.entries.get(name);
    directory.written = null;
    if (names.size() == 1) {
      if (entry instanceof Blob) {
        directory.entries.remove(name);
      }
    } else if (entry instanceof Directory child) {
      remove(child, names.subList(1, names.size()));
      if (child.entries.isEmpty()) {
        directory.entries.remove(name);
      }
    }
  }

  /// Writes what is not written yet.
  ObjectId write(ObjectInserter inserter) throws IOException {
    return write(root, inserter);
  }

  private static ObjectId write(Directory directory, ObjectInserter inserter) throws IOException {
    ObjectId known = directory.written;
    if (known != null) {
      return known;
    }
    var tree = new TreeFormatter();
    for (Map.Entry<String, Node> entry : directory.sorted()) {
      byte[] name = entry.getKey().getBytes(UTF_8);
      switch (entry.getValue()) {
        case Blob(ObjectId id) -> tree.append(name, FileMode.REGULAR_FILE, id);
        case Directory child -> tree.append(name, FileMode.TREE, write(child, inserter));
      }
    }
    ObjectId written = inserter.insert(tree);
    directory.written = written;
    return written;
  }
}
