package dev.homeport.sandbox;

import java.nio.file.Path;
import java.util.Optional;

/// What a command printed: all of it, or its beginning and its end.
///
/// Bytes that are not UTF-8 are shown as U+FFFD here; the file has them as they were.
///
/// @param head the beginning, or everything if nothing was left out
/// @param tail the end, empty if nothing was left out
/// @param totalBytes what the command printed
/// @param omittedBytes what stands neither in head nor in tail
/// @param file everything, up to [ExecLimits#fileBytes], if something was left out; it belongs to
///   the caller, who may move or delete it, and goes with the sandbox at the latest
/// @param fileBytes the size of that file
public record ExecOutput(
    String head,
    String tail,
    long totalBytes,
    long omittedBytes,
    Optional<Path> file,
    long fileBytes) {

  /// The output as one text, which says how many bytes are missing where.
  public String text() {
    if (omittedBytes == 0) {
      return head;
    }
    return "%s%n[… %,d of %,d bytes left out …]%n%s"
        .formatted(head, omittedBytes, totalBytes, tail);
  }
}
