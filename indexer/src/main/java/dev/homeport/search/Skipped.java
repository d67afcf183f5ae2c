package dev.homeport.search;

/// What a search did not look into.
///
/// @param ignored entries that ignore files exclude; a whole directory counts once
/// @param hidden entries whose names begin with a dot, but for `.git` and `.homeport`; a whole
///   directory counts once
/// @param binary files with a NUL byte
/// @param unreadable files and directories that this user may not read
/// @param unnamable entries whose names no workspace path can express
/// @param oversized files with a line, or with multiline a whole, of more than 64 MiB
public record Skipped(
    int ignored, int hidden, int binary, int unreadable, int unnamable, int oversized) {
  /// Nothing was skipped.
  public static final Skipped NOTHING = new Skipped(0, 0, 0, 0, 0, 0);

  /// Both together.
  Skipped and(Skipped other) {
    return new Skipped(
        ignored + other.ignored,
        hidden + other.hidden,
        binary + other.binary,
        unreadable + other.unreadable,
        unnamable + other.unnamable,
        oversized + other.oversized);
  }
}
