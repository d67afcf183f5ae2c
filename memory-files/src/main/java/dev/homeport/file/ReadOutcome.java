package dev.homeport.file;

import dev.homeport.workspace.WorkspacePath;
import java.util.Optional;
import java.util.OptionalLong;

/// What a read found.
public sealed interface ReadOutcome {
  /// Text, or a part of it.
  ///
  /// @param path which file
  /// @param text the part
  /// @param isExact whether the part was valid UTF-8; else each invalid byte shows as U+FFFD
  /// @param from where the part begins, in bytes
  /// @param to where it ends, in bytes: where to go on, unless that is the end of the file
  /// @param isCut whether it ends earlier than was asked for, because that is too much at once
  /// @param firstLine the number of the line in which it begins; empty in large files
  /// @param whole facts about the whole file
  record Text(
      WorkspacePath path,
      String text,
      boolean isExact,
      long from,
      long to,
      boolean isCut,
      OptionalLong firstLine,
      Whole whole)
      implements ReadOutcome {}

  /// A whole file of which a part was read.
  ///
  /// @param bytes its size
  /// @param lines how many lines it has; empty in files over [WorkspaceFiles#MOST_SCANNED] bytes
  /// @param sha256 of its content; empty likewise
  record Whole(long bytes, OptionalLong lines, Optional<String> sha256) {}

  /// A picture that models can see.
  ///
  /// @param file which
  /// @param mediaType such as `image/png`
  /// @param base64 its bytes
  record Picture(FileFacts file, String mediaType, String base64) implements ReadOutcome {}

  /// Neither text nor a picture that fits.
  ///
  /// @param path which file
  /// @param bytes its size
  record Binary(WorkspacePath path, long bytes) implements ReadOutcome {}
}
