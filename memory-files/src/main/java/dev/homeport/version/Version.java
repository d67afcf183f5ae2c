package dev.homeport.version;

import dev.homeport.workspace.WorkspacePath;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One change of one file, as it was recorded: never changed afterwards, except that redaction
/// takes content away.
///
/// @param id `ver_` and a ULID
/// @param operation what was done
/// @param path the file; the new path of a moved one
/// @param from the old path of a moved file
/// @param time when
/// @param author by whom and why
/// @param before what the file contained; null if there was none or it is redacted
/// @param after what the file contains since; null if there is none or it is redacted
/// @param isRedacted whether content was taken away from this version
public record Version(
    String id,
    Operation operation,
    WorkspacePath path,
    @Nullable WorkspacePath from,
    Instant time,
    Author author,
    @Nullable Snapshot before,
    @Nullable Snapshot after,
    boolean isRedacted) {
  /// What was done to a file.
  public enum Operation {
    /// It was made.
    CREATED,
    /// It has another content.
    MODIFIED,
    /// It is gone.
    DELETED,
    /// It stands at another path.
    MOVED,
    /// It was seen with a content that somebody else gave it.
    FOUND,
    /// It was seen to be gone, by somebody else's hand.
    MISSED,
    /// Contents of it were taken out of the history.
    REDACTED
  }

  /// What the file contained before, if that is known.
  public Optional<Snapshot> contentBefore() {
    return Optional.ofNullable(before);
  }

  /// What the file contains since, if that is known.
  public Optional<Snapshot> contentAfter() {
    return Optional.ofNullable(after);
  }
}
