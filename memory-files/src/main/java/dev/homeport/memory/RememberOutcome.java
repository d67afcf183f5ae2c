package dev.homeport.memory;

import java.util.Optional;

/// What came of remembering a fact.
public sealed interface RememberOutcome {
  /// Topic file and index have it.
  ///
  /// @param status what became of the topic file
  /// @param topic the topic file as it is now
  /// @param index `MEMORY.md` as it is now
  /// @param advice what to do about an index that is too long
  record Remembered(Status status, MemoryFile topic, MemoryFile index, Optional<String> advice)
      implements RememberOutcome {}

  /// What became of a topic file.
  enum Status {
    /// It is new.
    CREATED,
    /// It was replaced.
    UPDATED,
    /// It said so already.
    UNCHANGED
  }

  /// A fact of that name exists and says something else; nothing was changed.
  ///
  /// @param topic the file as it is now
  /// @param content what it says
  record Conflict(MemoryFile topic, String content) implements RememberOutcome {}

  /// Nothing was changed, for a reason that the agent can do something about.
  ///
  /// @param text what the agent reads
  record Refused(String text) implements RememberOutcome {}
}
