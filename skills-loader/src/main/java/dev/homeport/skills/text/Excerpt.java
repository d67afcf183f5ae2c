package dev.homeport.skills.text;

/// Cuts prose to a length.
public final class Excerpt {
  private Excerpt() {}

  /// One line of at most `limit` characters, cut between words where possible and marked `…`.
  public static String of(String text, int limit) {
    String line = oneLine(text);
    if (line.length() <= limit) {
      return line;
    }
    int end = Math.max(1, limit - 1);
    int space = line.lastIndexOf(' ', end);
    if (space > end / 2) {
      end = space;
    } else if (Character.isHighSurrogate(line.charAt(end - 1))) {
      end--;
    }
    return line.substring(0, end).stripTrailing() + "…";
  }

  /// The text with each run of white space as one space.
  public static String oneLine(String text) {
    var line = new StringBuilder(text.length());
    boolean pendingSpace = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isWhitespace(c)) {
        pendingSpace = !line.isEmpty();
      } else {
        if (pendingSpace) {
          line.append(' ');
        }
        line.append(c);
        pendingSpace = false;
      }
    }
    return line.toString();
  }
}
