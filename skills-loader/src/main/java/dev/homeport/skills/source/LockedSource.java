package dev.homeport.skills.source;

import java.util.Optional;

/// A source and the one version of it that is used.
///
/// @param name what it is called here
/// @param origin where it comes from
/// @param revision which commit, if it comes from git
/// @param digest what its files are, as [ContentDigest] has it
/// @param isPinned whether updates pass it over
public record LockedSource(
    SourceName name,
    SourceOrigin origin,
    Optional<GitRevision> revision,
    ContentDigest digest,
    boolean isPinned) {

  /// Checks that git sources, and only these, have a revision.
  public LockedSource {
    if (revision.isPresent() != (origin instanceof SourceOrigin.Git)) {
      throw new IllegalArgumentException("a revision is for sources from git, and these need one");
    }
  }

  /// The same, pinned or not.
  public LockedSource pinned(boolean pinned) {
    return new LockedSource(name, origin, revision, digest, pinned);
  }
}
