package dev.homeport.skills.source;

/// A commit, and the tree of the directory that is used of it.
///
/// @param commit the full id in lower-case hexadecimal digits
/// @param tree the same of the directory
public record GitRevision(String commit, String tree) {
  private static final int SHORT = 10;

  /// Checks the ids.
  public GitRevision {
    if (!isId(commit) || !isId(tree)) {
      throw new IllegalArgumentException("'" + commit + "' and '" + tree + "' must be git ids");
    }
  }

  /// Whether a text is a full id.
  public static boolean isId(String text) {
    return text.length() == 40
        && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
  }

  /// The start of the commit's id, for people.
  public String shown() {
    return commit.substring(0, SHORT);
  }
}
