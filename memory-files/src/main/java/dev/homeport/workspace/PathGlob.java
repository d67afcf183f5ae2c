package dev.homeport.workspace;

import java.util.ArrayList;
import java.util.List;

/// The globs of rules and skills: `*` and `?` within a name, `**` for any number of directories,
/// `[a-z]`, `{a,b}`. A glob is relative to the directory that it belongs to; one without wildcards,
/// or with `/` at the end, holds for all below a directory. The time is bounded by the lengths
/// multiplied.
public final class PathGlob {
  private static final int MOST_ALTERNATIVES = 256;

  private PathGlob() {}

  /// Whether one of the globs fits; a later one with `!` in front takes away what it fits.
  ///
  /// @param names the names on the way to a file
  public static boolean matchesAny(List<String> globs, List<String> names) {
    boolean fits = false;
    for (String glob : globs) {
      boolean isNegative = glob.startsWith("!");
      if (matches(isNegative ? glob.substring(1) : glob, names)) {
        fits = !isNegative;
      }
    }
    return fits;
  }

  /// Whether a glob fits a path.
  static boolean matches(String glob, List<String> names) {
    return alternatives(glob).stream().anyMatch(plain -> matchesPlain(plain, names));
  }

  private static boolean matchesPlain(String glob, List<String> names) {
    String relative = glob.startsWith("./") ? glob.substring(2) : glob;
    List<String> parts =
        List.of(relative.split("/")).stream().filter(part -> !part.isEmpty()).toList();
    boolean isDirectory =
        relative.endsWith("/") || relative.chars().noneMatch(c -> "*?[\\".indexOf(c) >= 0);
    if (parts.isEmpty()) {
      return false;
    }
    if (matches(parts, names)) {
      return true;
    }
    for (int depth = 1; isDirectory && depth < names.size(); depth++) {
      if (matches(parts, names.subList(0, depth))) {
        return true;
      }
    }
    return false;
  }

  /// Fills the table of which beginning of the parts fits which beginning of the names, by rows.
  private static boolean matches(List<String> parts, List<String> names) {
    boolean[] fits = new boolean[names.size() + 1];
    fits[0] = true;
    for (String part : parts) {
      boolean[] next = new boolean[names.size() + 1];
      boolean isAny = part.equals("**");
      next[0] = isAny && fits[0];
      for (int i = 1; i <= names.size(); i++) {
        next[i] =
            isAny ? fits[i] || next[i - 1] : fits[i - 1] && matchesName(part, names.get(i - 1));
      }
      fits = next;
    }
    return fits[names.size()];
  }

  /// Goes back only to the last `*`, which is enough.
  private static boolean matchesName(String part, String name) {
    int p = 0;
    int n = 0;
    int star = -1;
    int starred = 0;
    while (n < name.length()) {
      int next =
          p < part.length() && part.charAt(p) != '*' ? matchOne(part, p, name.charAt(n)) : -1;
      if (next > 0) {
        p = next;
        n++;
      } else if (p < part.length() && part.charAt(p) == '*') {
        star = p++;
        starred = n;
      } else if (star >= 0) {
        p = star + 1;
        n = ++starred;
      } else {
        return false;
      }
    }
    while (p < part.length() && part.charAt(p) == '*') {
      p++;
    }
    return p == part.length();
  }

  /// Where the part goes on behind what fits one character, or -1.
  private static int matchOne(String part, int p, char c) {
    char wanted = part.charAt(p);
    int close = wanted == '[' ? part.indexOf(']', p + 2) : -1;
    if (close > 0) {
      boolean isNegative = part.charAt(p + 1) == '!' || part.charAt(p + 1) == '^';
      String set = part.substring(isNegative ? p + 2 : p + 1, close);
      return isIn(set, c) != isNegative ? close + 1 : -1;
    }
    if (wanted == '\\' && p + 1 < part.length()) {
      return part.charAt(p + 1) == c ? p + 2 : -1;
    }
    return wanted == '?' || wanted == c ? p + 1 : -1;
  }

  private static boolean isIn(String set, char c) {
    int i = 0;
    while (i < set.length()) {
      boolean isRange = i + 2 < set.length() && set.charAt(i + 1) == '-';
      char last = isRange ? set.charAt(i + 2) : set.charAt(i);
      if (set.charAt(i) <= c && c <= last) {
        return true;
      }
      i += isRange ? 3 : 1;
    }
    return false;
  }

  /// The globs that one with braces stands for. Of very many, the first ones.
  private static List<String> alternatives(String glob) {
    var plain = new ArrayList<String>();
    var open = new ArrayList<>(List.of(glob));
    while (!open.isEmpty() && plain.size() + open.size() <= MOST_ALTERNATIVES) {
      String next = open.removeLast();
      int start = next.indexOf('{');
      int end = start < 0 ? -1 : closing(next, start);
      if (end < 0) {
        plain.add(next);
        continue;
      }
      for (String choice : choices(next.substring(start + 1, end))) {
        open.add(next.substring(0, start) + choice + next.substring(end + 1));
      }
    }
    return plain;
  }

  private static int closing(String glob, int open) {
    int depth = 0;
    for (int i = open; i < glob.length(); i++) {
      depth += glob.charAt(i) == '{' ? 1 : glob.charAt(i) == '}' ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    return -1;
  }

  private static List<String> choices(String inner) {
    var choices = new ArrayList<String>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i <= inner.length(); i++) {
      char c = i < inner.length() ? inner.charAt(i) : ',';
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      if (i == inner.length() || (c == ',' && depth == 0)) {
        choices.add(inner.substring(start, i));
        start = i + 1;
      }
    }
    return choices;
  }
}
