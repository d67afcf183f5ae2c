package dev.homeport.version;

import dev.homeport.text.UnifiedDiff;
import dev.homeport.text.Utf8;
import dev.homeport.workspace.WorkspacePath;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How two states of a file differ.
///
/// @param path the file
/// @param before what it contained; null if there was none
/// @param after what it contains; null if there is none
/// @param text in unified format, without a last newline; empty if nothing differs
/// @param isText whether both are text; if not, size and digest must do
public record Difference(
    WorkspacePath path,
    @Nullable Snapshot before,
    @Nullable Snapshot after,
    String text,
    boolean isText) {
  static Difference of(WorkspacePath path, byte @Nullable [] before, byte @Nullable [] after) {
    Optional<String> old = Utf8.decode(before == null ? new byte[0] : before);
    Optional<String> fresh = Utf8.decode(after == null ? new byte[0] : after);
    boolean isText = old.isPresent() && fresh.isPresent();
    return new Difference(
        path,
        before == null ? null : Snapshot.of(before),
        after == null ? null : Snapshot.of(after),
        isText ? UnifiedDiff.of(path.toString(), old.get(), fresh.get()) : "",
        isText);
  }

  /// Whether nothing differs.
  public boolean isEmpty() {
    return before == null ? after == null : before.equals(after);
  }
}
