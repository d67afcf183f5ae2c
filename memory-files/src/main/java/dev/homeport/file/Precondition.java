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
}
