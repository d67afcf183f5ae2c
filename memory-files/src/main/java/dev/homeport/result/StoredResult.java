package dev.homeport.result;

import dev.homeport.workspace.WorkspacePath;
import java.time.Instant;

/// What is known about a stored result.
///
/// @param id its name
/// @param path the file that holds it
/// @param sha256 of the stored bytes, that is after masking
/// @param bytes the number of stored bytes
/// @param lines the number of lines, counting a last one without line feed
/// @param mediaType such as `text/plain`
/// @param origin where it came from, such as `execute bash`
/// @param masked how many secrets were masked
/// @param created when it was stored
public record StoredResult(
    ResultId id,
    WorkspacePath path,
    String sha256,
    long bytes,
    long lines,
    String mediaType,
    String origin,
    int masked,
    Instant created) {
  /// Whether the content is text, so that it was masked and can be read by line.
  public boolean isText() {
    return isText(mediaType);
  }

  static boolean isText(String mediaType) {
    return mediaType.startsWith("text/")
        || mediaType.startsWith("application/json")
        || mediaType.startsWith("application/xml")
        || mediaType.endsWith("+json")
        || mediaType.endsWith("+xml");
  }
}
