package dev.homeport.skills.scan;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/// A text as a reader takes it in: without invisible characters, compatibility forms as the plain
/// ones, so that nothing slips by between two letters. Lines stay what they were.
final class ScanText {
  private final String shown;
  private final String lower;
  private final boolean[] inCode;
  private final int[] lineStarts;

  private ScanText(String shown) {
    this.shown = shown;
    this.lower = lower(shown);
    this.lineStarts = lineStarts(shown);
    this.inCode = inCode(shown, lineStarts);
  }

  static ScanText of(String text) {
    var visible = new StringBuilder(text.length());
    text.codePoints()
        .filter(c -> !HiddenCharacters.isInvisible(c))
        .forEach(visible::appendCodePoint);
    return new ScanText(Normalizer.normalize(visible, Normalizer.Form.NFKC));
  }

  /// Lower case that keeps every position, which `İ` in the library's does not.
  private static String lower(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return lower.length() == text.length()
        ? lower
        : text.replace('İ', 'i').toLowerCase(Locale.ROOT);
  }

  /// The text to search in.
  String shown() {
    return shown;
  }

  /// Whether a word in lower case stands anywhere.
  boolean has(String word) {
    return lower.contains(word);
  }

  /// A stretch of the text.
  record Window(int start, int end) {}

  /// The lines around every occurrence of any of the words, in order, none overlapping another.
  ///
  /// @param words in lower case
  /// @param reach how many characters before and behind a word belong to it
  List<Window> around(List<String> words, int reach) {
    var positions = new TreeSet<Integer>();
    for (String word : words) {
      for (int at = lower.indexOf(word); at >= 0; at = lower.indexOf(word, at + reach)) {
        positions.add(at);
      }
    }
    var windows = new ArrayList<Window>();
    for (int position : positions) {
      int start = Math.max(0, position - reach);
      int end = Math.min(shown.length(), position + 2 * reach);
      start = Math.max(lineStarts[line(start) - 1], start - reach);
      int next = lower.indexOf('\n', end);
      end = Math.min(next < 0 ? shown.length() : next, end + reach);
      if (!windows.isEmpty() && windows.getLast().end() >= start) {
        start = windows.removeLast().start();
      }
      windows.add(new Window(start, end));
    }
    return windows;
  }

  /// The line of a position, from 1.
  int line(int position) {
    int found = Arrays.binarySearch(lineStarts, position);
    return found >= 0 ? found + 1 : -found - 1;
  }

  /// The text of a line, which counts from 1.
  String lineText(int line) {
    int end = line < lineStarts.length ? lineStarts[line] : shown.length();
    return shown.substring(lineStarts[line - 1], end);
  }

  /// Whether what stands from one position to another is shown rather than said: in a code block,
  /// between quotes, or as something not to do.
  boolean isQuoted(int start, int end) {
    int line = line(start);
    if (inCode[line - 1]) {
      return true;
    }
    String text = lineText(line);
    int from = start - lineStarts[line - 1];
    int to = Math.min(text.length(), from + end - start);
    String before = text.substring(0, from);
    String after = text.substring(to);
    return isBetween(before, after, '`', '`')
        || isBetween(before, after, '"', '"')
        || isBetween(before, after, '\'', '\'')
        || isBetween(before, after, '“', '”')
        || isBetween(before, after, '«', '»')
        || isForbidden(before);
  }

  private static boolean isBetween(String before, String after, char open, char close) {
    if (after.indexOf(close) < 0) {
      return false;
    }
    if (open != close) {
      return before.lastIndexOf(open) > before.lastIndexOf(close);
    }
    boolean isOpen = false;
    for (int i = 0; i < before.length(); i++) {
      boolean isApostrophe =
          open == '\'' && i > 0 && !isOpen && Character.isLetterOrDigit(before.charAt(i - 1));
      isOpen ^= before.charAt(i) == open && !isApostrophe;
    }
    return isOpen;
  }

  /// Whether the words right before say that it must not be done.
  private static boolean isForbidden(String before) {
    String near = before.substring(Math.max(0, before.length() - 24)).toLowerCase(Locale.ROOT);
    return near.endsWith("not ")
        || near.endsWith("n't ")
        || near.endsWith("never ")
        || near.endsWith("not to ")
        || near.endsWith("never to ")
        || near.endsWith("cannot ");
  }

  private static int[] lineStarts(String text) {
    int lines = 1 + (int) text.chars().filter(c -> c == '\n').count();
    int[] starts = new int[lines];
    int line = 1;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\n') {
        starts[line++] = i + 1;
      }
    }
    return starts;
  }

  private static boolean[] inCode(String text, int[] starts) {
    var inCode = new boolean[starts.length];
    boolean isOpen = false;
    for (int i = 0; i < starts.length; i++) {
      int end = i + 1 < starts.length ? starts[i + 1] : text.length();
      String line = text.substring(starts[i], end).strip();
      boolean isFence = line.startsWith("```") || line.startsWith("~~~");
      inCode[i] = isOpen || isFence;
      isOpen ^= isFence;
    }
    return inCode;
  }
}
