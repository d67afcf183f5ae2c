package dev.homeport.search.tree;

import java.util.ArrayList;
import java.util.List;

/// Translates a glob to a regular expression, by the rules of ripgrep's `globset`.
///
/// `*` and `?` stop at `/`; `**` crosses it where it is a whole component; braces hold
/// alternatives; a backslash takes the next character as it is.
final class GlobTranslator {
  private static final String PREFIX = "(?:\\/?|.*\\/)";
  private static final String SUFFIX = "\\/.*";
  private static final String MIDDLE = "(?:\\/|\\/.*\\/)";
  private static final String SLASH = "\\/";
  private static final int NESTING_LIMIT = 10;

  private final String glob;
  private int position;

  private GlobTranslator(String glob) {
    this.glob = glob;
  }

  static String translate(String glob) throws GlobSyntaxException {
    var translator = new GlobTranslator(glob);
    String regex = translator.sequence(0);
    if (translator.position < glob.length()) {
      throw new GlobSyntaxException(glob, "has a } without {");
    }
    return regex.equals(PREFIX) ? ".*" : regex; // `**` alone matches everything
  }

  private String sequence(int depth) throws GlobSyntaxException {
    if (depth > NESTING_LIMIT) {
      throw new GlobSyntaxException(glob, "nests its braces too deeply");
    }
    var tokens = new ArrayList<String>();
    while (position < glob.length()) {
      char c = glob.charAt(position);
      if (c == '}' || (c == ',' && depth > 0)) {
        break;
      }
      position++;
      switch (c) {
        case '?' -> tokens.add("[^\\/]");
        case '*' -> star(tokens, depth);
        case '[' -> tokens.add(characterClass());
        case '{' -> tokens.add(alternatives(depth));
        case '\\' -> tokens.add(escaped());
        default -> {
          position--;
          tokens.add(literal(nextCodePoint()));
        }
      }
    }
    return String.join("", tokens);
  }

  private int nextCodePoint() {
    int c = glob.codePointAt(position);
    position += Character.charCount(c);
    return c;
  }

  private static String literal(int c) {
    if (c == '/') {
      return SLASH;
    }
    return Character.isLetterOrDigit(c) && c < 0x80 ? Character.toString(c) : hex(c);
  }

  private static String hex(int c) {
    return "\\x{" + Integer.toHexString(c) + "}";
  }

  private String escaped() throws GlobSyntaxException {
    if (position == glob.length()) {
      throw new GlobSyntaxException(glob, "ends with a backslash");
    }
    return literal(nextCodePoint());
  }

  private void star(List<String> tokens, int depth) {
    String borders = depth > 0 ? "/,{" : "/";
    boolean isComponentStart = position < 2 || borders.indexOf(glob.charAt(position - 2)) >= 0;
    boolean isDouble = position < glob.length() && glob.charAt(position) == '*';
    if (!isDouble) {
      tokens.add("[^\\/]*");
      return;
    }
    position++;
    boolean atEnd =
        position == glob.length() || (depth > 0 && ",}".indexOf(glob.charAt(position)) >= 0);
    boolean atSlash = !atEnd && glob.charAt(position) == '/';
    if (!isComponentStart || (!atEnd && !atSlash)) {
      tokens.add("[^\\/]*");
      return;
    }
    if (atSlash) {
      position++;
    }
    if (tokens.isEmpty()) {
      tokens.add(PREFIX);
      return;
    }
    String before = tokens.removeLast();
    boolean isRecursive = before.equals(PREFIX) || before.equals(SUFFIX);
    tokens.add(isRecursive ? before : atEnd ? SUFFIX : MIDDLE);
  }

  private String alternatives(int depth) throws GlobSyntaxException {
    var branches = new ArrayList<String>();
    while (true) {
      String branch = sequence(depth + 1);
      if (!branch.isEmpty()) {
        branches.add(branch);
      }
      if (position == glob.length()) {
        throw new GlobSyntaxException(glob, "has a { without }");
      }
      if (glob.charAt(position++) == '}') {
        return branches.isEmpty() ? "" : "(?:" + String.join("|", branches) + ")";
      }
    }
  }

  private String characterClass() throws GlobSyntaxException {
    var out = new StringBuilder("[");
    if (position < glob.length() && "!^".indexOf(glob.charAt(position)) >= 0) {
      out.append('^');
      position++;
    }
    boolean first = true;
    while (true) {
      if (position == glob.length()) {
        throw new GlobSyntaxException(glob, "has a [ without ]");
      }
      int low = nextCodePoint();
      if (low == ']' && !first) {
        return out.append(']').toString();
      }
      first = false;
      out.append(hex(low));
      boolean isRange =
          position + 1 < glob.length()
              && glob.charAt(position) == '-'
              && glob.charAt(position + 1) != ']';
      if (isRange) {
        position++;
        int high = nextCodePoint();
        if (high < low) {
          throw new GlobSyntaxException(glob, "has a range whose end comes before its start");
        }
        out.append('-').append(hex(high));
      }
    }
  }
}
