package dev.homeport.skills.text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// The requests that a description quotes, as in: use when the user asks "what can you do".
///
/// Authors quote what people say, function words and all, so a question that holds such a phrase is
/// meant for that skill, however common its words are.
///
/// @param phrases the terms of each, at least two
record ExampleRequests(List<List<String>> phrases) {
  /// Opening marks, and the mark that closes what the one at the same place opens.
  private static final String OPENING = "\"'`“‘";

  private static final String CLOSING = "\"'`”’";

  /// Longer quotes are no requests.
  private static final int LONGEST = 100;

  /// A word that does not belong to the phrase may stand between two that do.
  private static final int GAP = 1;

  static ExampleRequests of(List<String> texts) {
    var phrases = new ArrayList<List<String>>();
    for (String text : texts) {
      for (int i = 0; i < text.length(); i++) {
        int end = opens(text, i) ? end(text, i) : -1;
        if (end > 0) {
          List<String> terms = Terms.sequence(text.substring(i + 1, end));
          if (terms.size() > 1) {
            phrases.add(terms);
          }
          i = end;
        }
      }
    }
    return new ExampleRequests(phrases);
  }

  private static boolean opens(String text, int at) {
    return OPENING.indexOf(text.charAt(at)) >= 0
        && (at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1)))
        && at + 1 < text.length()
        && !Character.isWhitespace(text.charAt(at + 1));
  }

  /// Where a quote ends; -1 if it does not end soon in this line. An apostrophe ends none.
  private static int end(String text, int start) {
    char mark = CLOSING.charAt(OPENING.indexOf(text.charAt(start)));
    int limit = Math.min(text.length(), start + LONGEST);
    for (int i = start + 1; i < limit && text.charAt(i) != '\n'; i++) {
      boolean isInWord = i + 1 < text.length() && Character.isLetterOrDigit(text.charAt(i + 1));
      if (text.charAt(i) == mark && !isInWord) {
        return i;
      }
    }
    return -1;
  }

  /// What the weightiest phrase weighs that is in a question, its words in order; 0 if none is.
  double heaviest(List<String> question, ToDoubleFunction<String> weight) {
    double heaviest = 0;
    for (List<String> phrase : phrases) {
      double weighs = phrase.stream().distinct().mapToDouble(weight).sum();
      if (weighs > heaviest && isIn(question, phrase)) {
        heaviest = weighs;
      }
    }
    return heaviest;
  }

  private static boolean isIn(List<String> question, List<String> phrase) {
    for (int start = 0; start < question.size(); start++) {
      int at = start;
      int found = 0;
      while (found < phrase.size() && at >= 0) {
        int reach = found == 0 ? at + 1 : at + 1 + GAP;
        at = indexOf(phrase.get(found), question, at, reach);
        found += at < 0 ? 0 : 1;
        at += at < 0 ? 0 : 1;
      }
      if (found == phrase.size()) {
        return true;
      }
    }
    return false;
  }

  private static int indexOf(String term, List<String> question, int from, int to) {
    for (int i = from; i < Math.min(to, question.size()); i++) {
      if (question.get(i).equals(term)) {
        return i;
      }
    }
    return -1;
  }
}
