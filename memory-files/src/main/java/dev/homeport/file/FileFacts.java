package dev.homeport.file;

import dev.homeport.text.Utf8;
import dev.homeport.workspace.Sha256;
import dev.homeport.workspace.WorkspacePath;
import java.util.OptionalLong;

/// Facts about the content of a file.
///
/// @param path where it stands
/// @param sha256 of the content, for preconditions
/// @param bytes its size
/// @param lines how many lines it has; empty if it is no text
public record FileFacts(WorkspacePath path, String sha256, long bytes, OptionalLong lines) {
  static FileFacts of(WorkspacePath path, byte[] content) {
    return of(path, content, Sha256.hex(content));
  }

  /// The same, if the digest is known already.
  static FileFacts of(WorkspacePath path, byte[] content, String sha256) {
    return new FileFacts(path, sha256, content.length, Utf8.lines(content));
  }
}
