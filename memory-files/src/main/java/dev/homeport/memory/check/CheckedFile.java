package dev.homeport.memory.check;

import dev.homeport.workspace.WorkspacePath;
import java.util.Optional;

/// What is kept of a topic file until all files were looked at.
///
/// @param tree where it lies
/// @param path its path in the tree's workspace
/// @param name from its frontmatter; empty if it has none
/// @param description from its frontmatter; empty if it has none
/// @param sha256 of its body without the space around; none if the body is empty
/// @param sketch of its body; none if the file is over the limit
record CheckedFile(
    CheckedTree tree,
    WorkspacePath path,
    String name,
    String description,
    Optional<String> sha256,
    Optional<Sketch> sketch) {
  /// The path as agents write it.
  String shown() {
    return tree.shown(path);
  }

  /// The path from the top of its tree.
  String relative() {
    return tree.relative(path);
  }
}
