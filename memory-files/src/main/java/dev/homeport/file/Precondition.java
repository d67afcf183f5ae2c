package dev.homeport.file;

/// What must hold for a change to happen, compared under the lock that the change is made under.
public sealed interface Precondition {
  /// Nothing.
  Precondition NONE = new None();

  /// Nothing.
  record None() implements Precondition {}

  /// There is no file yet.
  record Absent() implements Precondition {}

  /// The file has this content.
  ///
  /// @param sha256 of the content, as each read and change tells it
  record Content(String sha256) implements Precondition {}

  /// The file has this content, or what somebody else changed since can be merged with the change.
  ///
  /// A move or deletion cannot be merged: for these it is the same as [Content].
  ///
  /// @param sha256 of the content
  record Mergeable(String sha256) implements Precondition {}
}
