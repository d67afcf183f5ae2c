package dev.homeport.sandbox.bubblewrap;

import dev.homeport.sandbox.WorkspacePolicy;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// What a bubblewrap mounts over the workspace when it starts.
///
/// @param covered secrets that an empty file hides
/// @param protectedFiles which files the read-only paths were, in the policy's order
record FixedView(SortedSet<WorkspacePath> covered, List<Object> protectedFiles) {
  /// @param tree what the bubblewrap shows as the workspace, as the host sees it
  static FixedView of(Path tree, WorkspacePolicy policy, SortedSet<WorkspacePath> covered)
      throws IOException {
    var files = new ArrayList<Object>();
    for (WorkspacePath path : policy.readOnly()) {
      files.add(identity(tree.resolve(path.toString())));
    }
    return new FixedView(new TreeSet<>(covered), List.copyOf(files));
  }

  private static Object identity(Path file) throws IOException {
    try {
      Object key =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
              .fileKey();
      return key == null ? "there" : key;
    } catch (NoSuchFileException e) {
      return "absent";
    }
  }
}
