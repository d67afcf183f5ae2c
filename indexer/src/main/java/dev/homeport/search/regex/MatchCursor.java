package dev.homeport.search.regex;

import org.safere.Matcher;
import org.safere.Pattern;
import org.safere.Utf8Input;
import org.safere.Utf8Matcher;

/// Finds the matches of a pattern in one text, first to last. Confined to one thread.
public abstract sealed class MatchCursor {
  private MatchCursor() {}

  static MatchCursor ofUtf8(Pattern pattern, Utf8Input text, int offset) {
    return new OfUtf8(pattern.matcher(text), text.length(), offset);
  }

  static MatchCursor ofMalformed(Pattern pattern, Utf8.Escaped text, int offset) {
    return new OfMalformed(pattern.matcher(text.text()), text, offset);
  }

  /// Goes to the next match.
  public abstract boolean find();

  /// Goes to the first match at or after the start of a line.
  public abstract boolean findFrom(int lineStart);

  /// Goes to the first match in a line.
  ///
  /// @param lineStart where it begins
  /// @param lineEnd where it ends, after its newline
  public abstract boolean findIn(int lineStart, int lineEnd);

  /// Where the match begins: an index of the searched array.
  public abstract int start();

  /// Where the match ends: an index of the searched array.
  public abstract int end();

  private static final class OfUtf8 extends MatchCursor {
    private final Utf8Matcher matcher;
    private final int length;
    private final int offset;

    private OfUtf8(Utf8Matcher matcher, int length, int offset) {
      this.matcher = matcher;
      this.length = length;
      this.offset = offset;
    }

    @Override
    public boolean find() {
      return matcher.find();
    }

    @Override
    public boolean findFrom(int lineStart) {
      matcher.region(lineStart - offset, length);
      return matcher.find();
    }

    @Override
    public boolean findIn(int lineStart, int lineEnd) {
      matcher.region(lineStart - offset, lineEnd - offset);
      return matcher.find();
    }

    @Override
    public int start() {
      return offset + matcher.start();
    }

    @Override
    public int end() {
      return offset + matcher.end();
    }
  }

  private static final class OfMalformed extends MatchCursor {
    private final Matcher matcher;
    private final Utf8.Escaped text;
    private final int offset;

    private OfMalformed(Matcher matcher, Utf8.Escaped text, int offset) {
      this.matcher = matcher;
      this.text = text;
      this.offset = offset;
    }

    @Override
    public boolean find() {
      return matcher.find();
    }

    @Override
    public boolean findFrom(int lineStart) {
      matcher.region(text.characterAt(lineStart - offset), text.text().length());
      return matcher.find();
    }

    @Override
    public boolean findIn(int lineStart, int lineEnd) {
      matcher.region(text.characterAt(lineStart - offset), text.characterAt(lineEnd - offset));
      return matcher.find();
    }

    @Override
    public int start() {
      return offset + text.byteAt(matcher.start());
    }

    @Override
    public int end() {
      return offset + text.byteAt(matcher.end());
    }
  }
}
