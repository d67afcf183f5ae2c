package dev.homeport.search.regex;

import dev.homeport.search.regex.Regex.Position;
import java.util.Map;

/// What a backslash sequence stands for.
sealed interface Escape {
  /// One character.
  record Literal(int codePoint) implements Escape {}

  /// A class of characters.
  record OneOf(CodePoints set) implements Escape {}

  /// A position, which has no meaning inside a bracketed class.
  record Assertion(Position position) implements Escape {}

  /// Advice for escapes that other engines know and this one does not.
  Map<Character, String> FOREIGN =
      Map.of(
          'Z', "use $ or \\z",
          'h', "use [ \\t]",
          'H', "use [^ \\t]",
          'R', "use \\r?\\n with multiline",
          'X', "use . with classes for marks, such as \\P{M}\\p{M}*",
          'Q', "use literal: true, or escape each special character",
          'G', "searches have no end of the previous match",
          'K', "match the whole text; nothing is cut from matches",
          '<', "use \\b",
          '>', "use \\b");

  /// Reads the sequence whose backslash was just taken.
  static Escape read(PatternReader reader, boolean unicode) throws RegexSyntaxException {
    int start = reader.position() - 1;
    if (reader.atEnd()) {
      throw new RegexSyntaxException(start, "a backslash ends the pattern", "write \\\\");
    }
    int c = reader.next();
    return switch (c) {
      case 'a' -> new Literal(0x07);
      case 'f' -> new Literal('\f');
      case 'n' -> new Literal('\n');
      case 'r' -> new Literal('\r');
      case 't' -> new Literal('\t');
      case 'v' -> new Literal(0x0B);
      case 'x' -> new Literal(hex(reader, start, 2));
      case 'u' -> new Literal(hex(reader, start, 4));
      case 'U' -> new Literal(hex(reader, start, 8));
      case 'd', 's', 'w' -> new OneOf(perl((char) c, unicode));
      case 'D', 'S', 'W' -> new OneOf(perl((char) (c + 32), unicode).complement());
      case 'p' -> new OneOf(property(reader, start));
      case 'P' -> new OneOf(property(reader, start).complement());
      case 'A' -> new Assertion(Position.TEXT_START);
      case 'z' -> new Assertion(Position.TEXT_END);
      case 'b' -> new Assertion(unicode ? Position.WORD_BOUNDARY : Position.ASCII_WORD_BOUNDARY);
      case 'B' ->
          new Assertion(unicode ? Position.NO_WORD_BOUNDARY : Position.ASCII_NO_WORD_BOUNDARY);
      default -> literal(reader, start, c);
    };
  }

  private static Escape literal(PatternReader reader, int start, int c)
      throws RegexSyntaxException {
    if ((c >= '1' && c <= '9') || c == 'k' || c == 'g') {
      throw new RegexSyntaxException(
          start,
          "backreference " + reader.since(start) + " is not supported",
          "search for the general form and compare the parts yourself");
    }
    boolean special = c < 0x80 && !Character.isLetterOrDigit(c) && c != '<' && c != '>';
    if (!special) {
      throw new RegexSyntaxException(
          start,
          "unknown escape " + reader.since(start),
          FOREIGN.getOrDefault((char) c, "leave the backslash out, or double it to match one"));
    }
    return new Literal(c);
  }

  private static CodePoints perl(char letter, boolean unicode) {
    CodePoints set = UnicodeClasses.perl(letter);
    return unicode ? set : set.intersect(CodePoints.ASCII);
  }

  private static CodePoints property(PatternReader reader, int start) throws RegexSyntaxException {
    if (reader.atEnd()) {
      throw new RegexSyntaxException(start, "\\p needs a property", "such as \\p{Lu}");
    }
    String name =
        reader.take("{")
            ? reader.until("}", start, "\\p{ is not closed")
            : Character.toString(reader.next());
    boolean negated = name.startsWith("^");
    CodePoints set =
        UnicodeClasses.property(negated ? name.substring(1) : name)
            .orElseThrow(() ->
                new RegexSyntaxException(
                    start,
                    "unknown Unicode property " + name,
                    "use a category such as \\p{Lu} or a script such as \\p{Greek}"));
    return negated ? set.complement() : set;
  }

  private static int hex(PatternReader reader, int start, int digits) throws RegexSyntaxException {
    String text;
    if (reader.take("{")) {
      text = reader.until("}", start, "the brace is not closed");
    } else {
      int from = reader.position();
      for (int i = 0; i < digits && !reader.atEnd(); i++) {
        reader.next();
      }
      text = reader.since(from);
    }
    int value;
    try {
      value = Integer.parseInt(text, 16);
    } catch (NumberFormatException e) {
      value = -1;
    }
    boolean scalar = value >= 0 && CodePoints.ALL.contains(value);
    if (!scalar || text.startsWith("+")) {
      throw new RegexSyntaxException(
          start, reader.since(start) + " is no character", "write it as \\x41 or \\x{1F600}");
    }
    return value;
  }
}
