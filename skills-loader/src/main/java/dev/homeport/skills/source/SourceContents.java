package dev.homeport.skills.source;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// What a source holds at one moment. Not thread-safe; close it after use.
public interface SourceContents extends AutoCloseable {
  /// The most entries that a source may have.
  int MOST_ENTRIES = 200_000;

  /// Everything that may belong to a skill, in any order.
  List<SourceEntry> entries();

  /// How many bytes the content of an entry has.
  long bytes(SourceEntry entry) throws IOException;

  /// The content of an entry: the bytes of a file, the target of a link.
  byte[] read(SourceEntry entry) throws IOException;

  /// What could not be taken, one sentence each.
  default List<String> notes() {
    return List.of();
  }

  /// Which commit it is, if it comes from git.
  Optional<GitRevision> revision();

  @Override
  void close() throws IOException;
}
