package dev.homeport.search.regex;

import dev.homeport.search.regex.CompiledPattern.Option;
import dev.homeport.search.regex.Regex.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Parses the pattern language of ripgrep (Rust's `regex`) into a [Regex].
///
/// Unless newlines are allowed, each class loses `\n` and the ends of the text are the ends of the
/// line: matches never leave their line.
final class RegexParser {
  private static final int NESTING_LIMIT = 250;
  private static final int REPEAT_LIMIT = 100_000;

  private final PatternReader reader;
  private final boolean newlines;
  private RegexFlags flags;
  private int depth;

  private RegexParser(String pattern, Set<Option> options) {
    this.reader = new PatternReader(pattern);
    this.newlines = options.contains(Option.NEWLINES);
    this.flags = RegexFlags.initial(options);
  }

  static Regex parse(String pattern, Set<Option> options) throws RegexSyntaxException {
    var parser = new RegexParser(pattern, options);
    Regex regex = parser.choice();
    if (!parser.reader.atEnd()) {
      throw new RegexSyntaxException(
          parser.reader.position(), "this ) closes no group", "write \\) to match a parenthesis");
    }
    return regex;
  }

  /// A pattern that stands for itself, character by character.
  static Regex literal(String text, Set<Option> options) throws RegexSyntaxException {
    var parser = new RegexParser(text, options);
    var parts = new ArrayList<Regex>();
    while (!parser.reader.atEnd()) {
      int start = parser.reader.position();
      parts.add(parser.character(start, parser.reader.next()));
    }
    return sequence(parts);
  }

  private Regex choice() throws RegexSyntaxException {
    RegexFlags outer = flags;
    var branches = new ArrayList<Regex>();
    do {
      branches.add(concatenation());
    } while (reader.take("|"));
    flags = outer;
    return branches.size() == 1 ? branches.getFirst() : new Regex.Choice(branches);
  }

  private Regex concatenation() throws RegexSyntaxException {
    var parts = new ArrayList<Regex>();
    while (!reader.atEnd() && reader.peek() != '|' && reader.peek() != ')') {
      if (flags.verbose() && skipVerbose()) {
        continue;
      }
      int start = reader.position();
      if (isQuantifier(reader.peek())) {
        throw new RegexSyntaxException(
            start,
            Character.toString(reader.peek()) + " repeats nothing",
            "write \\" + Character.toString(reader.peek()) + " to match the character");
      }
      parts.add(repeated(atom(), start));
    }
    return sequence(parts);
  }

  private static Regex sequence(List<Regex> parts) {
    return switch (parts.size()) {
      case 0 -> new Regex.Empty();
      case 1 -> parts.getFirst();
      default -> new Regex.Sequence(parts);
    };
  }

  private boolean skipVerbose() {
    if (Character.isWhitespace(reader.peek())) {
      reader.next();
      return true;
    }
    if (!reader.take("#")) {
      return false;
    }
    while (!reader.atEnd() && reader.next() != '\n') {}
    return true;
  }

  private static boolean isQuantifier(int c) {
    return c == '*' || c == '+' || c == '?' || c == '{';
  }

  private Regex repeated(Regex atom, int start) throws RegexSyntaxException {
    Regex regex = atom;
    int quantifiers = 0;
    while (!reader.atEnd()) {
      if (flags.verbose() && skipVerbose()) {
        continue;
      }
      if (!isQuantifier(reader.peek())) {
        break;
      }
      if (++quantifiers > NESTING_LIMIT) {
        throw tooLarge(start);
      }
      regex =
          switch (reader.next()) {
            case '*' -> repeat(regex, 0, Regex.UNBOUNDED);
            case '+' -> repeat(regex, 1, Regex.UNBOUNDED);
            case '?' -> repeat(regex, 0, 1);
            default -> counted(regex, start);
          };
    }
    return regex;
  }

  private Regex repeat(Regex body, int min, int max) {
    boolean lazy = reader.take("?") ^ flags.lazy();
    return new Regex.Repeat(body, min, max, !lazy);
  }

  private Regex counted(Regex body, int atomStart) throws RegexSyntaxException {
    int start = reader.position() - 1;
    String text = reader.until("}", start, "this { is no complete repetition").strip();
    int comma = text.indexOf(',');
    String low = (comma < 0 ? text : text.substring(0, comma)).strip();
    String high = (comma < 0 ? text : text.substring(comma + 1)).strip();
    boolean bounded = !low.isEmpty() || (comma >= 0 && !high.isEmpty());
    if (!bounded || !isCount(low) || !isCount(high)) {
      throw new RegexSyntaxException(
          start, "{" + text + "} is no repetition such as {2,5}", "write \\{ to match a brace");
    }
    int min = low.isEmpty() ? 0 : Integer.parseInt(low);
    int max = high.isEmpty() ? Regex.UNBOUNDED : Integer.parseInt(high);
    if (max != Regex.UNBOUNDED && max < min) {
      throw new RegexSyntaxException(
          start, "{" + text + "} has its bounds the wrong way round", "write the lower one first");
    }
    if (Math.max(min, max) > REPEAT_LIMIT) {
      throw tooLarge(atomStart);
    }
    return repeat(body, min, max);
  }

  private static boolean isCount(String text) {
    return text.length() <= 6 && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  static RegexSyntaxException tooLarge(int position) {
    return new RegexSyntaxException(
        position,
        "the pattern is too large to be searched for",
        "use fewer or smaller repetitions");
  }

  private Regex atom() throws RegexSyntaxException {
    int start = reader.position();
    int c = reader.next();
    return switch (c) {
      case '(' -> group(start);
      case '[' -> chars(start, new ClassParser(reader, flags).parse());
      case '.' ->
          chars(start, flags.dotAll() ? CodePoints.ALL : CodePoints.ALL.minus(CodePoints.NEWLINE));
      case '^' -> anchor(flags.multiLine() ? Position.LINE_START : Position.TEXT_START);
      case '$' -> anchor(flags.multiLine() ? Position.LINE_END : Position.TEXT_END);
      case '\\' ->
          switch (Escape.read(reader, flags.unicode())) {
            case Escape.Literal(int literal) -> character(start, literal);
            case Escape.OneOf(var set) -> chars(start, flags.folded(set));
            case Escape.Assertion(var position) -> anchor(position);
          };
      default -> character(start, c);
    };
  }

  private Regex anchor(Position position) {
    if (newlines) {
      return new Regex.Anchor(position);
    }
    return new Regex.Anchor(
        switch (position) {
          case TEXT_START -> Position.LINE_START;
          case TEXT_END -> Position.LINE_END;
          case LINE_START,
              LINE_END,
              WORD_BOUNDARY,
              NO_WORD_BOUNDARY,
              ASCII_WORD_BOUNDARY,
              ASCII_NO_WORD_BOUNDARY ->
              position;
        });
  }

  private Regex character(int start, int c) throws RegexSyntaxException {
    CodePoints set = CodePoints.of(c);
    return chars(start, flags.folded(set));
  }

  private Regex chars(int start, CodePoints set) throws RegexSyntaxException {
    if (!flags.unicode() && !set.minus(CodePoints.ASCII).isEmpty()) {
      throw new RegexSyntaxException(
          start, "without Unicode, only ASCII can be matched", "leave out (?-u)");
    }
    if (newlines || !set.contains('\n')) {
      return new Regex.Chars(set);
    }
    CodePoints stripped = set.minus(CodePoints.NEWLINE);
    if (stripped.isEmpty()) {
      throw new RegexSyntaxException(
          start, "a line never holds a newline", "set multiline: true to match across lines");
    }
    return new Regex.Chars(stripped);
  }

  private Regex group(int start) throws RegexSyntaxException {
    if (++depth > NESTING_LIMIT) {
      throw new RegexSyntaxException(start, "groups are nested too deeply", "");
    }
    RegexFlags outer = flags;
    if (reader.take("?") && openSpecial(start)) {
      depth--;
      return new Regex.Empty();
    }
    Regex body = choice();
    if (!reader.take(")")) {
      throw new RegexSyntaxException(
          start, "this ( is not closed", "write \\( to match a parenthesis");
    }
    flags = outer;
    depth--;
    return body;
  }

  /// Reads what follows `(?`; true if it only changes flags for the rest of the enclosing group.
  private boolean openSpecial(int start) throws RegexSyntaxException {
    for (String assertion : List.of("=", "!", "<=", "<!", ">")) {
      if (reader.take(assertion)) {
        throw new RegexSyntaxException(
            start,
            (assertion.equals(">") ? "atomic group (?>" : "look-around (?" + assertion)
                + " is not supported",
            "match the surroundings as well, or search for the core and filter its lines");
      }
    }
    if (reader.take("P<") || reader.take("<")) {
      reader.until(">", start, "the group name is not closed");
      return false;
    }
    return inlineFlags(start);
  }

  private boolean inlineFlags(int start) throws RegexSyntaxException {
    boolean on = true;
    while (!reader.atEnd()) {
      int c = reader.next();
      switch (c) {
        case '-' -> on = false;
        case ':' -> {
          return false;
        }
        case ')' -> {
          return true;
        }
        default -> setFlag(start, c, on);
      }
    }
    throw new RegexSyntaxException(start, "this (? is not closed", "");
  }

  private void setFlag(int start, int c, boolean on) throws RegexSyntaxException {
    flags =
        flags
            .with(c, on)
            .orElseThrow(() ->
                new RegexSyntaxException(
                    start,
                    "unknown construct (?" + Character.toString(c),
                    "use (?:...) for a group, or (?i) and the flags m, s, U, x, u"));
  }
}
