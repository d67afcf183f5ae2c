package dev.homeport.search.regex;

import dev.homeport.search.regex.Regex.Position;

/// Writes a [Regex] in the syntax of SafeRE, with every class spelled out.
///
/// SafeRE takes counted repetitions up to 1,000 in all; larger or nested ones are written as
/// copies. Before it searches it looks from each place of a program where a match may go on without
/// a character, so copies that may be left out stand inside one another, not in a row, and what may
/// match nothing is not copied often.
final class SafeReWriter {
  private static final int COUNT_LIMIT = 1_000;
  private static final int LENGTH_LIMIT = 1_000_000;

  /// How many copies stand inside one another: few enough for the parser, which is recursive.
  private static final int BLOCK = 50;

  /// How many places the copies of something that may match nothing may have.
  private static final int EMPTY_LIMIT = 2_000;

  private static final String NOTHING = "[^\\x{0}-\\x{10ffff}]";

  private final StringBuilder out = new StringBuilder();
  private final CodePoints alphabet;

  private SafeReWriter(CodePoints alphabet) {
    this.alphabet = alphabet;
  }

  /// The pattern, as far as it can match text of this alphabet.
  static String write(Regex regex, CodePoints alphabet) throws RegexSyntaxException {
    var writer = new SafeReWriter(alphabet);
    writer.write(regex, 1);
    return writer.out.toString();
  }

  private void write(Regex regex, int copies) throws RegexSyntaxException {
    if (out.length() > LENGTH_LIMIT) {
      throw RegexParser.tooLarge(0);
    }
    switch (regex) {
      case Regex.Empty() -> out.append("(?:)");
      case Regex.Chars(var set) -> chars(set.intersect(alphabet));
      case Regex.Anchor(var position) -> anchor(position);
      case Regex.Repeat repeat -> repeat(repeat, copies);
      case Regex.Sequence(var parts) -> {
        for (Regex part : parts) {
          group(part, copies);
        }
      }
      case Regex.Choice(var branches) -> {
        String separator = "";
        for (Regex branch : branches) {
          out.append(separator);
          group(branch, copies);
          separator = "|";
        }
      }
    }
  }

  private void group(Regex regex, int copies) throws RegexSyntaxException {
    boolean single = regex instanceof Regex.Chars || regex instanceof Regex.Anchor;
    out.append(single ? "" : "(?:");
    write(regex, copies);
    out.append(single ? "" : ")");
  }

  private void chars(CodePoints set) {
    if (set.isEmpty()) {
      out.append(NOTHING);
    } else if (set.isSingle()) {
      character(set.first(0));
    } else if (set.equals(UnicodeClasses.perl('w'))) {
      out.append("\\w");
    } else {
      out.append('[');
      for (int i = 0; i < set.rangeCount(); i++) {
        out.append("\\x{").append(Integer.toHexString(set.first(i))).append('}');
        if (set.last(i) > set.first(i)) {
          out.append("-\\x{").append(Integer.toHexString(set.last(i))).append('}');
        }
      }
      out.append(']');
    }
  }

  private void character(int c) {
    if (c < 0x80 && Character.isLetterOrDigit(c)) {
      out.append((char) c);
    } else {
      out.append("\\x{").append(Integer.toHexString(c)).append('}');
    }
  }

  private void anchor(Position position) {
    out.append(
        switch (position) {
          case LINE_START -> "^";
          case LINE_END -> "$";
          case TEXT_START -> "\\A";
          case TEXT_END -> "\\z";
          case WORD_BOUNDARY -> "\\b";
          case NO_WORD_BOUNDARY -> "\\B";
          case ASCII_WORD_BOUNDARY -> "(?-U:\\b)";
          case ASCII_NO_WORD_BOUNDARY -> "(?-U:\\B)";
        });
  }

  private void repeat(Regex.Repeat repeat, int copies) throws RegexSyntaxException {
    Regex body = repeat.body();
    int min = repeat.min();
    int max = repeat.max();
    String lazy = repeat.greedy() ? "" : "?";
    int bound = Math.max(min, max);
    if (bound > 1 && body.matchesNothing() && body.places() * bound * copies > EMPTY_LIMIT) {
      throw RegexParser.tooLarge(0);
    }
    if (max == Regex.UNBOUNDED && min <= 1) {
      repeated(body, copies, (min == 0 ? "*" : "+") + lazy);
    } else if (max == 0) {
      write(new Regex.Empty(), copies);
    } else if (min == 0 && max == 1) {
      repeated(body, copies, "?" + lazy);
    } else if ((long) bound * copies <= COUNT_LIMIT) {
      String high = max == Regex.UNBOUNDED ? "" : Integer.toString(max);
      repeated(body, copies * bound, "{" + min + "," + high + "}" + lazy);
    } else {
      for (int i = 0; i < min; i++) {
        group(body, copies);
      }
      if (max == Regex.UNBOUNDED) {
        repeated(body, copies, "*" + lazy);
      }
      for (int left = max - min; left > 0; left -= BLOCK) {
        optional(body, copies, Math.min(left, BLOCK), "?" + lazy);
      }
    }
  }

  /// Up to so many copies.
  private void optional(Regex body, int copies, int most, String suffix)
      throws RegexSyntaxException {
    for (int i = 0; i < most; i++) {
      out.append("(?:");
      group(body, copies);
    }
    for (int i = 0; i < most; i++) {
      out.append(')').append(suffix);
    }
  }

  private void repeated(Regex body, int copies, String suffix) throws RegexSyntaxException {
    out.append("(?:");
    group(body, copies);
    out.append(')').append(suffix);
  }
}
