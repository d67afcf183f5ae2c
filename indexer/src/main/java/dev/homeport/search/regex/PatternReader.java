package dev.homeport.search.regex;

/// Walks over the characters of a pattern and reports problems with their position.
final class PatternReader {
  /// What [#peek] gives at the end of the pattern.
  static final int END = -1;

  private final String pattern;
  private int position;

  PatternReader(String pattern) {
    this.pattern = pattern;
  }

  int position() {
    return position;
  }

  boolean atEnd() {
    return position == pattern.length();
  }

  int peek() {
    return atEnd() ? END : pattern.codePointAt(position);
  }

  boolean startsWith(String text) {
    return pattern.startsWith(text, position);
  }

  int next() {
    int c = pattern.codePointAt(position);
    position += Character.charCount(c);
    return c;
  }

  boolean take(String text) {
    if (!startsWith(text)) {
      return false;
    }
    position += text.length();
    return true;
  }

  /// What stands before a terminator, which is taken as well.
  String until(String terminator, int start, String problem) throws RegexSyntaxException {
    int end = pattern.indexOf(terminator, position);
    if (end < 0) {
      throw new RegexSyntaxException(start, problem, "");
    }
    String text = pattern.substring(position, end);
    position = end + terminator.length();
    return text;
  }

  /// Goes back to an earlier position.
  void rewind(int earlier) {
    position = earlier;
  }

  String since(int start) {
    return pattern.substring(start, position);
  }
}
