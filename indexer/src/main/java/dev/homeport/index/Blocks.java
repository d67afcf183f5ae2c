package dev.homeport.index;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Cuts prose into blocks that say one thing: a paragraph, an item of a list, a turn of a
/// conversation, a record of a log.
final class Blocks {
  /// A block ends after so many characters, so that none is a whole file without blank lines.
  private static final int LONG = 400;

  private static final int LABEL = 64;
  private static final int LABEL_WORDS = 4;
  private static final Set<String> SAYING = Set.of("said", "says", "asked", "wrote");

  private Blocks() {}

  /// The first line of each block, counted from 0, in order.
  static List<Integer> starts(List<TextLines.Line> lines) {
    var starts = new ArrayList<Integer>();
    boolean after = true;
    int characters = 0;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).text();
      if (line.isBlank()) {
        after = true;
        continue;
      }
      if (after || characters > LONG || begins(line)) {
        starts.add(i);
        characters = 0;
      }
      characters += line.length();
      after = line.startsWith("#");
    }
    return starts;
  }

  private static boolean begins(String line) {
    String stripped = line.stripLeading();
    char first = stripped.charAt(0);
    return "#-*+>|{[".indexOf(first) >= 0 || Character.isDigit(first) || !label(line).isEmpty();
  }

  /// Who speaks, if a line begins with the name of a speaker and a colon or `said`: the words of
  /// the name in lower case. What stands in brackets before it, such as a time, is passed over.
  static Set<String> label(String line) {
    var names = new HashSet<String>();
    int brackets = 0;
    int i = 0;
    while (i < Math.min(line.length(), LABEL)) {
      char c = line.charAt(i);
      if (c == '(' || c == '[') {
        brackets++;
      } else if (c == ')' || c == ']') {
        brackets--;
      } else if (brackets == 0 && c == ':' && !isInsideTime(line, i)) {
        return names;
      } else if (brackets == 0 && Character.isLetterOrDigit(c)) {
        String word = word(line, i);
        i += word.length();
        if (Character.isUpperCase(c) && names.size() < LABEL_WORDS) {
          names.add(word.toLowerCase(Locale.ROOT));
        } else if (!Character.isDigit(c)) {
          return SAYING.contains(word) ? names : Set.of();
        }
        continue;
      }
      i++;
    }
    return Set.of();
  }

  private static boolean isInsideTime(String line, int colon) {
    char next = colon + 1 < line.length() ? line.charAt(colon + 1) : ' ';
    return Character.isDigit(next) || next == '/';
  }

  private static String word(String line, int start) {
    int end = start;
    while (end < line.length() && Character.isLetterOrDigit(line.charAt(end))) {
      end++;
    }
    return line.substring(start, end);
  }
}
