package dev.homeport.search.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.safere.Pattern;

/// Tells whether a whole path, with `/` between its names, matches a glob. Thread-safe.
///
/// The commonest shapes, such as a plain name and `*.ext` at any depth or below a directory, need
/// no regular expression.
sealed interface GlobMatcher {
  /// The longest glob that is accepted, in characters.
  int MAX_LENGTH = 4_096;

  boolean matches(String path);

  /// A text with which every path ends that matches; an empty one says nothing.
  default String end() {
    return "";
  }

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
      String start = name.substring(0, Math.max(0, name.length() - 1));
      if (name.endsWith("*") && isPlain(start) && start.indexOf('/') < 0) {
        return new NameStart(start);
      }
    }
    if (isPlain(glob) && !ignoreCase) {
      return new Whole(glob);
    }
    Optional<GlobMatcher> below = ignoreCase ? Optional.empty() : below(glob);
    if (below.isPresent()) {
      return below.get();
    }
    Optional<GlobMatcher> each = alternatives(glob, ignoreCase);
    if (each.isPresent()) {
      return each.get();
    }
    int flags = Pattern.DOTALL | (ignoreCase ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0);
    try {
      Pattern pattern = Pattern.compile(GlobTranslator.translate(glob), flags);
      return new Expression(ignoreCase ? "" : literal(glob), pattern);
    } catch (IllegalArgumentException e) {
      throw new GlobSyntaxException(glob, "is too large");
    }
  }

  /// The matcher for names at any depth below a plain path, if that is what a glob says.
  private static Optional<GlobMatcher> below(String glob) throws GlobSyntaxException {
    String directory = FileGlob.plainStart(glob);
    if (directory.length() < 2 || !directory.endsWith("/")) {
      return Optional.empty();
    }
    String names = glob.substring(directory.length());
    if (names.equals("**")) {
      return Optional.of(new Below(directory, new NameEnd("")));
    }
    if (!names.startsWith("**/")) {
      return Optional.empty();
    }
    GlobMatcher matcher = compile(names, false);
    return matcher instanceof Expression
        ? Optional.empty()
        : Optional.of(new Below(directory, matcher));
  }

  /// One matcher for each alternative in the only braces of a glob, if they are all simple.
  private static Optional<GlobMatcher> alternatives(String glob, boolean ignoreCase)
      throws GlobSyntaxException {
    int open = glob.indexOf('{');
    int close = glob.indexOf('}');
    if (open < 0 || close < open || glob.indexOf('}', close + 1) >= 0 || glob.contains("\\")) {
      return Optional.empty();
    }
    var matchers = new ArrayList<GlobMatcher>();
    for (String alternative : glob.substring(open + 1, close).split(",", -1)) {
      String simple = glob.substring(0, open) + alternative + glob.substring(close + 1);
      if (!isPlain(alternative) || alternative.indexOf('/') >= 0 || simple.indexOf('{') >= 0) {
        return Optional.empty();
      }
      GlobMatcher matcher = compile(simple, ignoreCase);
      if (matcher instanceof Expression) {
        return Optional.empty();
      }
      matchers.add(matcher);
    }
    return Optional.of(new AnyOf(List.copyOf(matchers)));
  }

  /// A text that stands in every path that matches: the longest between the wildcards and classes
  /// of a glob without braces and escapes; an empty one says nothing.
  private static String literal(String glob) {
    String longest = "";
    int start = 0;
    for (int i = 0; i <= glob.length(); i++) {
      char c = i < glob.length() ? glob.charAt(i) : '*';
      if ("{},\\".indexOf(c) >= 0) {
        return "";
      }
      // "**/" may stand for nothing, its slash included.
      if ("*?[/".indexOf(c) >= 0) {
        longest = i - start > longest.length() ? glob.substring(start, i) : longest;
        i = c == '[' ? classEnd(glob, i) : i;
        start = i + 1;
      }
    }
    return longest;
  }

  /// Where a class ends that begins there. Its first member may be a closing bracket.
  private static int classEnd(String glob, int open) {
    boolean isNegated = glob.startsWith("!", open + 1) || glob.startsWith("^", open + 1);
    return glob.indexOf(']', open + (isNegated ? 3 : 2));
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

    @Override
    public String end() {
      return name;
    }
  }

  /// Names that end with a plain text, at any depth.
  record NameEnd(String end) implements GlobMatcher {
    @Override
    public boolean matches(String path) {
      return path.endsWith(end);
    }
  }

  /// Names that begin with a plain text, at any depth.
  record NameStart(String start) implements GlobMatcher {
    @Override
    public boolean matches(String path) {
      return path.startsWith(start, path.lastIndexOf('/') + 1);
    }
  }

  /// One path.
  record Whole(String path) implements GlobMatcher {
    @Override
    public boolean matches(String other) {
      return other.equals(path);
    }

    @Override
    public String end() {
      return path;
    }
  }

  /// What another one matches, below a directory, whose path ends with `/`.
  record Below(String directory, GlobMatcher names) implements GlobMatcher {
    @Override
    public boolean matches(String path) {
      return path.startsWith(directory) && names.matches(path);
    }

    @Override
    public String end() {
      return names.end();
    }
  }

  /// What one of several matches.
  record AnyOf(List<GlobMatcher> matchers) implements GlobMatcher {
    @Override
    public boolean matches(String path) {
      for (GlobMatcher matcher : matchers) {
        if (matcher.matches(path)) {
          return true;
        }
      }
      return false;
    }
  }

  /// Any other glob.
  ///
  /// @param literal stands in every path that matches
  record Expression(String literal, Pattern pattern) implements GlobMatcher {
    @Override
    public boolean matches(String path) {
      return path.contains(literal) && pattern.matcher(path).matches();
    }
  }
}
