package dev.homeport.index;

import java.util.ArrayList;
import java.util.List;

/// A stretch of whole lines of a file that is one document of the index.
///
/// @param line its first line, counted from 1
/// @param start the offset of its first character
/// @param end the offset after its last character
record Passage(int line, int start, int end) {
  /// About how many characters a passage has.
  private static final int LENGTH = 16 * 1024;

  /// Prose is cut before a heading once it has so many characters, so that its sections stand
  /// apart.
  private static final int SECTION = 2 * 1024;

  /// The passages of a text; an empty text has one.
  static List<Passage> of(String text, boolean prose) {
    var passages = new ArrayList<Passage>();
    int start = 0;
    int line = 1;
    do {
      int end = prose ? sectionEnd(text, start) : end(text, start);
      passages.add(new Passage(line, start, end));
      line += newlines(text, start, end);
      start = end;
    } while (start < text.length());
    return passages;
  }

  private static int end(String text, int start) {
    if (text.length() - start <= LENGTH) {
      return text.length();
    }
    int newline = text.indexOf('\n', start + LENGTH);
    // A line of many passages is cut, so that no document grows without bound.
    return newline < 0 || newline > start + 2 * LENGTH
        ? Math.min(text.length(), start + 2 * LENGTH)
        : newline + 1;
  }

  private static int sectionEnd(String text, int start) {
    int end = end(text, start);
    int heading = text.indexOf("\n#", Math.min(text.length(), start + SECTION));
    return heading < 0 || heading + 1 > end ? end : heading + 1;
  }

  private static int newlines(String text, int start, int end) {
    int count = 0;
    for (int at = text.indexOf('\n', start); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) {
      count++;
    }
    return count;
  }
}
