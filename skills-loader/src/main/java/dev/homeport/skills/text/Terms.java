package dev.homeport.skills.text;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Turns text into search terms: words, parts of identifiers, pairs of ideographs.
///
/// `parseHTMLPage` gives `parse`, `html`, `page`, and itself; words are stemmed, so that `rounding`
/// finds `rounded`, and common abbreviations are written out.
public final class Terms {
  /// The stems of function words, and of words that every request to an agent has.
  private static final Set<String> COMMON =
      Stream.of(
              ("a about after all also am an and any are as at be because been before but by can"
                   + " could did do does done for from get give got had has have he her here him"
                   + " his how i if in into is it its just like me my no not of on only or our out"
                   + " over please s she should so some t than that the their them then there these"
                   + " they this those to too up us use used user using very want was we were what"
                   + " when where which while who why will with would you your need needs help make"
                   + " let lets try")
                  .split(" "))
          .map(Stemmer::stem)
          .collect(Collectors.toUnmodifiableSet());

  private static final int MAX_LENGTH = 40;

  private Terms() {}

  /// The terms of a text that say something about a task, in order, repeats included.
  public static List<String> of(String text) {
    List<String> terms = all(text);
    terms.removeIf(Terms::isCommon);
    return terms;
  }

  /// Whether a term says little about a task: "the" does, "please", "use".
  static boolean isCommon(String term) {
    return COMMON.contains(term);
  }

  /// All terms of a text in order, repeats included: `GitHub` gives `git`, `hub` and `github`, so
  /// that it is found however it is written.
  static List<String> all(String text) {
    var terms = new ArrayList<String>(text.length() / 7 + 1);
    var whole = new StringBuilder();
    cut(
        text,
        (part, isLast) -> {
          if (!isLast || !whole.isEmpty()) {
            whole.append(part);
          }
          terms.add(term(part));
          if (isLast && !whole.isEmpty()) {
            terms.add(term(whole.toString()));
            whole.setLength(0);
          }
        });
    return terms;
  }

  /// A word as the terms that it may be found by.
  ///
  /// @param whole all of it
  /// @param parts what its capitals tell apart; the word alone if that is nothing
  record Word(String whole, List<String> parts) {}

  /// The words of a text in order, repeats included.
  static List<Word> words(String text) {
    var words = new ArrayList<Word>();
    var whole = new StringBuilder();
    var parts = new ArrayList<String>();
    cut(
        text,
        (part, isLast) -> {
          whole.append(part);
          parts.add(term(part));
          if (isLast) {
            words.add(new Word(term(whole.toString()), List.copyOf(parts)));
            whole.setLength(0);
            parts.clear();
          }
        });
    return words;
  }

  /// The words of a text as one term each, in order.
  static List<String> sequence(String text) {
    return words(text).stream().map(Word::whole).toList();
  }

  private static String term(String part) {
    return Stemmer.stem(Abbreviations.expanded(part));
  }

  /// Takes the parts of words, in lower case.
  @FunctionalInterface
  private interface Parts {
    /// Takes one.
    ///
    /// @param isLast whether its word ends with it
    void part(String part, boolean isLast);
  }

  private static void cut(String text, Parts parts) {
    if (isAscii(text)) {
      cutAscii(text, parts);
      return;
    }
    int[] codePoints = Normalizer.normalize(text, Normalizer.Form.NFKC).codePoints().toArray();
    int start = 0;
    for (int i = 1; i <= codePoints.length; i++) {
      boolean isEnd = i == codePoints.length || isWordBoundary(codePoints, i);
      if (isEnd || isCapitalBoundary(codePoints, i)) {
        add(codePoints, start, i, isEnd, parts);
        start = i;
      }
    }
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  /// The same for what most texts are, without a look at Unicode.
  private static void cutAscii(String text, Parts parts) {
    int start = 0;
    for (int i = 1; i <= text.length(); i++) {
      boolean isEnd = i == text.length() || isAsciiWordBoundary(text, i);
      if (isEnd || isAsciiCapitalBoundary(text, i)) {
        char first = text.charAt(start);
        if (isAsciiLetter(first) || isAsciiDigit(first)) {
          String part = text.substring(start, Math.min(i, start + MAX_LENGTH));
          parts.part(part.toLowerCase(Locale.ROOT), isEnd);
        }
        start = i;
      }
    }
  }

  private static boolean isAsciiWordBoundary(String text, int i) {
    char before = text.charAt(i - 1);
    char at = text.charAt(i);
    return isAsciiLetter(before) != isAsciiLetter(at) || isAsciiDigit(before) != isAsciiDigit(at);
  }

  private static boolean isAsciiCapitalBoundary(String text, int i) {
    char before = text.charAt(i - 1);
    char at = text.charAt(i);
    boolean upper = at >= 'A' && at <= 'Z';
    boolean lowerToUpper = upper && before >= 'a' && before <= 'z';
    boolean acronymEnds =
        upper
            && before >= 'A'
            && before <= 'Z'
            && i + 1 < text.length()
            && text.charAt(i + 1) >= 'a'
            && text.charAt(i + 1) <= 'z';
    return lowerToUpper || acronymEnds;
  }

  private static boolean isAsciiLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isAsciiDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isWordBoundary(int[] text, int i) {
    int before = text[i - 1];
    int at = text[i];
    return Character.isLetter(before) != Character.isLetter(at)
        || Character.isDigit(before) != Character.isDigit(at)
        || isIdeograph(before) != isIdeograph(at);
  }

  private static boolean isCapitalBoundary(int[] text, int i) {
    int before = text[i - 1];
    int at = text[i];
    boolean lowerToUpper = Character.isLowerCase(before) && Character.isUpperCase(at);
    boolean acronymEnds =
        Character.isUpperCase(before)
            && Character.isUpperCase(at)
            && i + 1 < text.length
            && Character.isLowerCase(text[i + 1]);
    return lowerToUpper || acronymEnds;
  }

  private static void add(int[] text, int start, int end, boolean isEnd, Parts parts) {
    if (!Character.isLetterOrDigit(text[start])) {
      return;
    }
    if (isIdeograph(text[start])) {
      for (int i = start; i < end; i++) {
        parts.part(new String(text, i, Math.min(2, end - i)), true);
      }
      return;
    }
    String part = new String(text, start, Math.min(end - start, MAX_LENGTH));
    parts.part(part.toLowerCase(Locale.ROOT), isEnd);
  }

  private static boolean isIdeograph(int codePoint) {
    if (codePoint < 0x2E80) {
      return false;
    }
    return switch (UnicodeScript.of(codePoint)) {
      case HAN, HIRAGANA, KATAKANA, HANGUL -> true;
      default -> false;
    };
  }
}
