package dev.homeport.search.tree;

import org.safere.Pattern;

/// Tells whether a whole path, with `/` between its names, matches a glob. Thread-safe.
///
/// The two commonest shapes, a plain name and `*.ext` at any depth, need no regular expression.
sealed interface GlobMatcher {
  /// The longest glob that is accepted, in characters.
  int MAX_LENGTH = 4_096;

  boolean matches(String path);

  static GlobMatcher compile(String glob, boolean ignoreCase) throws GlobSyntaxException {
    if (glob.length() > MAX_LENGTH) {
      throw new GlobSyntaxException(glob.substring(0, 60) + "…", "is too long");
    }
    if (glob.startsWith("**/") && !ignoreCase) {
      String name = glob.substring(3);
      if (isPlain(name)) {
        return new Name(name);
      }
      if (name.startsWith("*") && isPlain(name.substring(1))) {
        return new NameEnd(name.substring(1));
      }
    }
    int flags = Pattern.DOTALL | (ignoreCase ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0);
    try {
      return new Expression(Pattern.compile(GlobTranslator.translate(glob), flags));
    } catch (IllegalArgumentException e) {
      throw new GlobSyntaxException(glob, "is too large");
    }
  }

  private static boolean isPlain(String name) {
    return !name.isEmpty() && name.chars().noneMatch(c -> "/*?[]{}\\,".indexOf(c) >= 0);
  }

  /// A plain name at any depth.
  record Name(String name) implements GlobMatcher {
    @Override
    public boolean matches(String path) {
      int start = path.length() - name.length();
      return path.endsWith(name) && (start == 0 || path.charAt(start - 1) == '/');
    }
  }

  /// Names that end with a plain text, at any depth.
  record NameEnd(String end) implements GlobMatcher {
    @Override
    public boolean matches(String path) {
      return path.endsWith(end);
    }
  }

  /// Any other glob.
  record Expression(Pattern pattern) implements GlobMatcher {
    @Override
    public boolean matches(String path) {
      return pattern.matcher(path).matches();
    }
  }
}
