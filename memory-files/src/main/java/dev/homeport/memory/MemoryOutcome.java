package dev.homeport.memory;

import java.util.Optional;

/// What came of a memory command. The text is word for word what Claude's memory tool documents,
/// where it documents anything.
public sealed interface MemoryOutcome {
  /// What the agent reads.
  String text();

  /// It was done.
  ///
  /// @param text what the agent reads
  /// @param file the file as it is now; empty for directories and what is gone
  record Done(String text, Optional<MemoryFile> file) implements MemoryOutcome {}

  /// The file is a picture.
  ///
  /// @param file which
  /// @param mediaType such as `image/png`
  /// @param base64 its bytes
  record Picture(MemoryFile file, String mediaType, String base64) implements MemoryOutcome {
    @Override
    public String text() {
      return "Here's the image " + file.path() + ":";
    }
  }

  /// Nothing was changed, because the file is not what the caller expected.
  ///
  /// @param current what it is now
  /// @param expected the SHA-256 that was expected
  record Stale(MemoryFile current, String expected) implements MemoryOutcome {
    @Override
    public String text() {
      return "memory_precondition_failed_error: %s has sha256 %s now, not %s; nothing was changed. View it again, then repeat the change with the current sha256."
          .formatted(current.path(), current.sha256(), expected);
    }
  }

  /// Nothing was changed, for a reason that the agent can do something about.
  ///
  /// @param text what the agent reads
  record Refused(String text) implements MemoryOutcome {}
}
