package dev.homeport.memory;

import dev.homeport.version.Versions;
import dev.homeport.workspace.FileInfo;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A path in a memory tree.
///
/// @param tree which tree
/// @param file the same path in the tree's workspace
record MemoryPath(MemoryTree tree, WorkspacePath file) {
  boolean isTop() {
    return file.equals(tree.base());
  }

  Optional<FileInfo> stat() throws IOException {
    return tree.workspace().stat(file);
  }

  byte[] read(long limit) throws IOException {
    return tree.workspace().read(file, limit);
  }

  /// Writes the whole file as a version.
  ///
  /// @param old what it contains; null if it does not exist
  void write(byte @Nullable [] old, byte[] content, Change change) throws IOException {
    versions().write(file, old, content, change.author());
  }

  Versions versions() throws IOException {
    return Versions.of(tree.workspace());
  }

  /// The path as agents write it.
  @Override
  public String toString() {
    int depth = tree.base().segments().size();
    return isTop()
        ? tree.name()
        : tree.name()
            + "/"
            + String.join("/", file.segments().subList(depth, file.segments().size()));
  }
}
