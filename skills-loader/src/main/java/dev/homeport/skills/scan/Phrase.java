package dev.homeport.skills.scan;

import java.util.List;
import org.safere.Matcher;
import org.safere.Pattern;

/// A way of putting something, looked for in texts in linear time.
///
/// @param rule what it breaks
/// @param message what a person is told
/// @param words of which a text must have one to be looked at closely, in lower case
/// @param pattern the expression
record Phrase(ScanRule rule, String message, List<String> words, Pattern pattern) {
  private static final int MOST = 50;

  /// No expression reaches further from its words.
  private static final int REACH = 700;

  /// Copies the words.
  Phrase {
    words = List.copyOf(words);
  }

  /// @param words separated by `|`
  static Phrase of(ScanRule rule, String message, String words, String expression) {
    return new Phrase(
        rule,
        message,
        List.of(words.split("\\|")),
        Pattern.compile(expression, Pattern.CASE_INSENSITIVE | Pattern.MULTILINE));
  }

  /// Takes what was found, from one position to another.
  @FunctionalInterface
  interface Match {
    void at(int start, int end);
  }

  /// Tells every place of a text where the phrase stands, up to some number.
  ///
  /// Only the lines around its words are looked at closely, which are few in most texts.
  void find(ScanText text, Match match) {
    int told = 0;
    for (ScanText.Window window : text.around(words, REACH)) {
      Matcher matcher = pattern.matcher(text.shown().substring(window.start(), window.end()));
      for (; told < MOST && matcher.find(); told++) {
        match.at(window.start() + matcher.start(), window.start() + matcher.end());
      }
    }
  }
}
