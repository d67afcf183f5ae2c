package dev.homeport.result;

import dev.homeport.workspace.WorkspacePath;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;

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
  private static final List<String> BINARY_TYPES =
      List.of("image/", "audio/", "video/", "font/", "model/");
  private static final Set<String> BINARY_SUBTYPES =
      Set.of("octet-stream", "zip", "gzip", "zstd", "x-tar", "x-7z-compressed", "pdf", "wasm");

  /// Whether the content is text, so that it was masked and can be read by line.
  public boolean isText() {
    return isText(mediaType);
  }

  /// Everything but the well-known binary types: what is not masked must be known to hold no text.
  static boolean isText(String mediaType) {
    String type = mediaType.toLowerCase(Locale.ROOT);
    int end = type.indexOf(';');
    String essence = end < 0 ? type.strip() : type.substring(0, end).strip();
    return essence.endsWith("+xml")
        || (BINARY_TYPES.stream().noneMatch(essence::startsWith)
            && !BINARY_SUBTYPES.contains(essence.substring(essence.indexOf('/') + 1)));
  }
}
