package dev.homeport.version;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a rewriting of the log does to it.
///
/// @param forgotten ids of versions that go
/// @param redacted digests of contents that are taken away from all versions
/// @param added versions that are appended
record Revision(Set<String> forgotten, Set<String> redacted, List<Version> added) {
  /// Copies the collections.
  Revision {
    forgotten = Set.copyOf(forgotten);
    redacted = Set.copyOf(redacted);
    added = List.copyOf(added);
  }

  /// What becomes of a version; empty if it goes.
  Optional<Version> revise(Version version) {
    if (forgotten.contains(version.id())) {
      return Optional.empty();
    }
    if (!touches(version)) {
      return Optional.of(version);
    }
    return Optional.of(
        new Version(
            version.id(),
            version.operation(),
            version.path(),
            version.from(),
            version.time(),
            version.author(),
            version.contentBefore().filter(content -> !isRedacted(content)).orElse(null),
            version.contentAfter().filter(content -> !isRedacted(content)).orElse(null),
            true));
  }

  /// Whether a content is taken away from this version.
  boolean touches(Version version) {
    return version.contentBefore().filter(this::isRedacted).isPresent()
        || version.contentAfter().filter(this::isRedacted).isPresent();
  }

  private boolean isRedacted(Snapshot content) {
    return redacted.contains(content.sha256());
  }
}
