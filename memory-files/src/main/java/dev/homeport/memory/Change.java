package dev.homeport.memory;

import dev.homeport.version.Author;
import org.jspecify.annotations.Nullable;

/// Under what condition and why a memory is changed.
///
/// @param expectedSha256 what the file must contain now; anything if null
/// @param reason why, for the history; may be null
public record Change(@Nullable String expectedSha256, @Nullable String reason) {
  /// Whatever stands there, and no reason given.
  public static final Change UNCONDITIONAL = new Change(null, null);

  /// Who makes it, for this reason.
  Author author() {
    return Author.current().because(reason);
  }
}
