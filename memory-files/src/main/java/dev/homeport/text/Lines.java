package dev.homeport.text;

/// Lines of a text, which end at `\n` alone; all else, `\r` included, is part of the line.
///
/// Positions are indexes of characters, lines are numbered from 1.
public final class Lines {
  /// The most characters of a line that are shown in a part of a text.
  public static final int LONGEST_SHOWN = 16_000;

  private Lines() {}

  /// How many lines a text has as `wc` and editors count: the empty rest after a last `\n` is none.
  public static int count(String text) {
    int terminated = terminators(text);
    return text.isEmpty() || text.endsWith("\n") ? terminated : terminated + 1;
  }

  /// How many `\n` a text has.
  public static int terminators(String text) {
    return (int) text.chars().filter(c -> c == '\n').count();
  }

  /// The number of the line in which a position lies.
  public static int numberAt(String text, int position) {
    return terminators(text.substring(0, position)) + 1;
  }

  /// Where a line begins; behind the end of the text if there are fewer lines.
  public static int start(String text, int number) {
    int position = 0;
    for (int line = 1; line < number; line++) {
      int end = text.indexOf('\n', position);
      if (end < 0) {
        return text.length();
      }
      position = end + 1;
    }
    return position;
  }

  /// Appends a line as `cat -n` shows it: number in six columns, tab, content.
  public static void appendNumbered(StringBuilder out, int number, String line) {
    String digits = Integer.toString(number);
    out.repeat(' ', Math.max(0, 6 - digits.length())).append(digits).append('\t').append(line);
  }

  /// The numbered lines of a part of a text, both ends included, without a last `\n`. Lines of more
  /// than [#LONGEST_SHOWN] characters are cut.
  public static String numbered(String text, int first, int last) {
    var out = new StringBuilder();
    int position = start(text, first);
    for (int number = first; number <= last; number++) {
      int end = text.indexOf('\n', position);
      appendNumbered(out, number, shown(text, position, end < 0 ? text.length() : end));
      if (end < 0 || number == last) {
        break;
      }
      out.append('\n');
      position = end + 1;
    }
    return out.toString();
  }

  private static String shown(String text, int start, int end) {
    return end - start <= LONGEST_SHOWN
        ? text.substring(start, end)
        : "%s… [%,d characters more]"
            .formatted(text.substring(start, start + LONGEST_SHOWN), end - start - LONGEST_SHOWN);
  }
}
