package dev.homeport.skills.store;

import dev.homeport.skills.source.ContentDigest;
import dev.homeport.skills.source.GitRevision;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The skills of a source as they were at one moment, on this disk. Never changes.
///
/// @param directory where they are
/// @param digest what they are
/// @param revision which commit they come from, if from git
/// @param notes what was left out, one sentence each
public record SourceTree(
    Path directory, ContentDigest digest, Optional<GitRevision> revision, List<String> notes) {
  /// Copies the notes.
  public SourceTree {
    notes = List.copyOf(notes);
  }
}
