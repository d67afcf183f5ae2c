package dev.homeport.search.regex;

import org.jspecify.annotations.Nullable;

/// Parses a bracketed class with nesting, POSIX names and the set operations `&&`, `--` and `~~`.
final class ClassParser {
  private static final int NESTING_LIMIT = 50;

  private final PatternReader reader;
  private final RegexFlags flags;
  private int depth;

  ClassParser(PatternReader reader, RegexFlags flags) {
    this.reader = reader;
    this.flags = flags;
  }

  /// Reads the class whose opening bracket was just taken.
  CodePoints parse() throws RegexSyntaxException {
    int start = reader.position() - 1;
    if (++depth > NESTING_LIMIT) {
      throw new RegexSyntaxException(start, "classes are nested too deeply", "");
    }
    boolean negated = reader.take("^");
    CodePoints left = null;
    char operation = '+';
    CodePoints items = leading();
    while (true) {
      if (reader.atEnd()) {
        throw new RegexSyntaxException(
            start, "this [ is not closed", "write \\[ to match a bracket");
      }
      if (flags.verbose() && Character.isWhitespace(reader.peek())) {
        reader.next();
        continue;
      }
      char next = operation();
      boolean closes = next == 0 && reader.take("]");
      if (next == 0 && !closes) {
        items = items.union(item());
        continue;
      }
      left = left == null ? flags.folded(items) : combine(left, operation, flags.folded(items));
      if (closes) {
        depth--;
        return negated ? left.complement() : left;
      }
      operation = next;
      items = CodePoints.NONE;
    }
  }

  /// Before anything else, dashes and then `]` are ordinary characters.
  private CodePoints leading() {
    CodePoints items = CodePoints.NONE;
    while (reader.take("-")) {
      items = CodePoints.of('-');
    }
    return items.isEmpty() && reader.take("]") ? CodePoints.of(']') : items;
  }

  private char operation() {
    if (reader.take("&&")) {
      return '&';
    }
    if (reader.take("--")) {
      return '-';
    }
    return reader.take("~~") ? '~' : 0;
  }

  private static CodePoints combine(CodePoints left, char operation, CodePoints right) {
    return switch (operation) {
      case '&' -> left.intersect(right);
      case '-' -> left.minus(right);
      default -> left.union(right).minus(left.intersect(right));
    };
  }

  private CodePoints item() throws RegexSyntaxException {
    int start = reader.position();
    if (reader.startsWith("[:")) {
      CodePoints posix = posix();
      if (posix != null) {
        return posix;
      }
    }
    if (reader.take("[")) {
      return parse();
    }
    Escape first = element();
    if (!(first instanceof Escape.Literal(int from))) {
      return ((Escape.OneOf) first).set();
    }
    boolean isRange = reader.startsWith("-") && !reader.startsWith("-]");
    if (!isRange || reader.startsWith("--")) {
      return CodePoints.of(from);
    }
    reader.next();
    if (reader.atEnd() || !(element() instanceof Escape.Literal(int to)) || to < from) {
      throw new RegexSyntaxException(
          start, "bad range " + reader.since(start), "put the lower character first, - last");
    }
    return CodePoints.range(from, to);
  }

  private Escape element() throws RegexSyntaxException {
    int start = reader.position();
    if (!reader.take("\\")) {
      return new Escape.Literal(reader.next());
    }
    Escape escape = Escape.read(reader, flags.unicode());
    if (escape instanceof Escape.Assertion) {
      throw new RegexSyntaxException(
          start, reader.since(start) + " stands for a position, not for a character", "");
    }
    return escape;
  }

  /// Null, and nothing read, if this is no POSIX class after all.
  private @Nullable CodePoints posix() throws RegexSyntaxException {
    int start = reader.position();
    reader.take("[:");
    boolean negated = reader.take("^");
    int name = reader.position();
    while (!reader.atEnd() && Character.isLetter(reader.peek())) {
      reader.next();
    }
    var set = UnicodeClasses.posix(reader.since(name));
    if (set.isEmpty() || !reader.take(":]")) {
      reader.rewind(start);
      return null;
    }
    return negated ? set.get().complement() : set.get();
  }
}
