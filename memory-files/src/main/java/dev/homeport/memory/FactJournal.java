package dev.homeport.memory;

import dev.homeport.text.Utf8;
import dev.homeport.workspace.Workspace;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// What is about to be remembered, as a file beside the topics while it is written.
///
/// Four lines (heading, file name, SHA-256 of the topic before or `-`, index line), then the topic.
///
/// @param fileName of the topic
/// @param shaBefore of the topic before the change; empty if there was none
/// @param indexLine for `MEMORY.md`
/// @param topic its whole content
record FactJournal(String fileName, Optional<String> shaBefore, String indexLine, String topic) {
  private static final String FILE_NAME = Workspace.OWN_DIRECTORY + "-remember";
  private static final String HEADING = "homeport remember 1";
  private static final int FIELDS = 5;

  static MemoryPath path(MemoryTree tree) throws IOException {
    return tree.child(FILE_NAME);
  }

  void write(MemoryTree tree) throws IOException {
    var lines = List.of(HEADING, fileName, shaBefore.orElse("-"), indexLine, topic);
    tree.workspace().write(path(tree).file(), Utf8.encode(String.join("\n", lines)));
  }

  static void delete(MemoryTree tree) throws IOException {
    tree.workspace().delete(path(tree).file());
  }

  /// The journal that stands there; one that Homeport did not write is deleted.
  static Optional<FactJournal> read(MemoryTree tree) throws IOException {
    MemoryPath path = path(tree);
    if (path.stat().isEmpty()) {
      return Optional.empty();
    }
    String[] fields = Utf8.decode(path.read(MemoryView.MOST_BYTES)).orElse("").split("\n", FIELDS);
    if (fields.length < FIELDS || !fields[0].equals(HEADING)) {
      delete(tree);
      return Optional.empty();
    }
    Optional<String> before = Optional.of(fields[2]).filter(sha -> !sha.equals("-"));
    return Optional.of(new FactJournal(fields[1], before, fields[3], fields[4]));
  }
}
