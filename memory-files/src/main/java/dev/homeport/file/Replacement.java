package dev.homeport.file;

import org.jspecify.annotations.Nullable;

/// One exact replacement in a file.
///
/// @param oldText what stands there, not empty; `\n` also finds CRLF
/// @param newText what is to stand there; empty to delete
/// @param all whether to replace each occurrence; else there must be exactly one
/// @param expectedCount how many occurrences there must be; null for one, or any number with `all`
public record Replacement(
    String oldText, String newText, boolean all, @Nullable Integer expectedCount) {
  /// Checks the text and the count.
  public Replacement {
    if (oldText.isEmpty()) {
      throw new IllegalArgumentException(
          "the old text of an edit is empty; quote what stands there, or write the whole file");
    }
    if (expectedCount != null && expectedCount < 1) {
      throw new IllegalArgumentException(
          "the expected count is " + expectedCount + ", but must be positive");
    }
  }

  /// Replaces the only occurrence.
  public static Replacement once(String oldText, String newText) {
    return new Replacement(oldText, newText, false, null);
  }

  boolean accepts(int count) {
    if (expectedCount != null) {
      return count == expectedCount;
    }
    return all ? count > 0 : count == 1;
  }
}
