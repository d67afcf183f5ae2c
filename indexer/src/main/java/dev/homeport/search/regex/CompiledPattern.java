package dev.homeport.search.regex;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.safere.Pattern;
import org.safere.Utf8Input;

/// A pattern in ripgrep's language, ready to search bytes in time linear in their number.
///
/// Text that is all ASCII, as most source code is, is searched by an engine of its own, which is
/// smaller and faster. Bytes that are not UTF-8 match no class; what is around them still does.
/// Thread-safe.
public final class CompiledPattern {
  /// How a pattern is read.
  public enum Option {
    /// The pattern stands for itself, character by character.
    LITERAL,
    /// Letters match in either case, by Unicode simple folding.
    IGNORE_CASE,
    /// Matches may cross lines; otherwise `\n` is in no class.
    NEWLINES,
    /// `.` matches newlines too, where matches may cross lines.
    DOT_ALL
  }

  /// The longest pattern that is accepted, in characters.
  public static final int MAX_LENGTH = 65_536;

  private static final int ENGINE_FLAGS = Pattern.MULTILINE | Pattern.UNIX_LINES;

  private final Regex regex;
  private final boolean newlines;
  private final Optional<Needles> needles;
  private final Pattern ascii;
  private final AtomicReference<@Nullable Pattern> unicode = new AtomicReference<>();
  private final AtomicReference<@Nullable Optional<LineAutomaton>> lines = new AtomicReference<>();

  private CompiledPattern(Regex regex, boolean newlines) throws RegexSyntaxException {
    this.regex = regex;
    this.newlines = newlines;
    this.needles = Needles.of(regex);
    this.ascii = compile(regex, CodePoints.ASCII, ENGINE_FLAGS);
  }

  /// Parses and compiles a pattern.
  public static CompiledPattern compile(String pattern, Set<Option> options)
      throws RegexSyntaxException {
    if (pattern.length() > MAX_LENGTH) {
      throw new RegexSyntaxException(
          MAX_LENGTH,
          "the pattern has " + pattern.length() + " characters, but at most " + MAX_LENGTH + " fit",
          "split the search");
    }
    return new CompiledPattern(
        options.contains(Option.LITERAL)
            ? RegexParser.literal(pattern, options)
            : RegexParser.parse(pattern, options),
        options.contains(Option.NEWLINES));
  }

  private static Pattern compile(Regex regex, CodePoints alphabet, int flags)
      throws RegexSyntaxException {
    String text = SafeReWriter.write(regex, alphabet);
    try {
      return Pattern.compile(text, flags);
    } catch (IllegalArgumentException e) {
      throw RegexParser.tooLarge(0);
    }
  }

  /// What the pattern says, for those who look for a quicker way to its matches.
  public Regex regex() {
    return regex;
  }

  /// Strings of which each match holds one, if there are few such strings.
  public Optional<Needles> needles() {
    return needles;
  }

  /// A quick way to the lines of a part of a text that match; empty if the part is not all ASCII,
  /// or the pattern has none.
  public Optional<LineAutomaton> lines(byte[] text, int from, int to) {
    if (crossesLines() || !Utf8.isAscii(text, from, to)) {
      return Optional.empty();
    }
    Optional<LineAutomaton> known = lines.get();
    if (known == null) {
      known = LineAutomaton.of(regex);
      lines.set(known);
    }
    return known;
  }

  /// Whether a file must be searched as a whole, not line by line.
  ///
  /// As in ripgrep, that is so for anchors too where matches may cross lines.
  public boolean crossesLines() {
    return newlines && regex.concernsNewlines();
  }

  /// Searches part of an array; the part must begin and end with whole lines.
  ///
  /// @throws RegexSyntaxException if the pattern is too large when Unicode counts
  public MatchCursor search(byte[] text, int from, int to) throws RegexSyntaxException {
    if (Utf8.isAscii(text, from, to)) {
      return MatchCursor.ofUtf8(ascii, Utf8Input.trusted(text, from, to - from), from);
    }
    Pattern pattern = unicode();
    if (Utf8.isValid(text, from, to)) {
      return MatchCursor.ofUtf8(pattern, Utf8Input.trusted(text, from, to - from), from);
    }
    return MatchCursor.ofMalformed(pattern, Utf8.escape(text, from, to), from);
  }

  private Pattern unicode() throws RegexSyntaxException {
    Pattern known = unicode.get();
    if (known == null) {
      known = compile(regex, CodePoints.ALL, ENGINE_FLAGS | Pattern.UNICODE_CHARACTER_CLASS);
      unicode.set(known);
    }
    return known;
  }
}
