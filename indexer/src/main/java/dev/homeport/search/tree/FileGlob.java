package dev.homeport.search.tree;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// A glob for files below a directory: without `/` for names, with `/` for paths from it.
public final class FileGlob {
  private static final String SPECIAL = "*?[]{}\\,";

  private final GlobMatcher matcher;
  private final boolean namesHidden;
  private final List<byte[]> endings;

  /// What every name begins with that matches; empty if that is not known.
  private final byte[] beginning;

  /// The plain directories that each path begins with that matches, empty or with a trailing `/`.
  private final String stem;

  private FileGlob(GlobMatcher matcher, boolean namesHidden, String plain) {
    this.matcher = matcher;
    this.namesHidden = namesHidden;
    this.endings =
        endings(plain).stream().map(end -> end.getBytes(StandardCharsets.UTF_8)).toList();
    this.beginning = beginning(plain).getBytes(StandardCharsets.UTF_8);
    this.stem = stem(plain);
  }

  /// Reads a glob.
  public static FileGlob compile(String glob) throws GlobSyntaxException {
    String plain = glob.startsWith("./") ? glob.substring(2) : glob;
    plain = plain.startsWith("/") ? plain.substring(1) : plain;
    if (plain.isEmpty()) {
      throw new GlobSyntaxException(glob, "is empty; ** lists everything");
    }
    boolean isName = glob.indexOf('/') < 0 && !glob.equals("**");
    boolean namesHidden = plain.startsWith(".") || plain.contains("/.");
    return new FileGlob(
        GlobMatcher.compile(isName ? "**/" + plain : plain, false), namesHidden, plain);
  }

  /// Whether the glob itself names a hidden file or directory.
  public boolean namesHidden() {
    return namesHidden;
  }

  /// Whether a path from the directory matches.
  public boolean matches(String path) {
    return matcher.matches(path);
  }

  /// Whether a file somewhere below a directory may match. Fast.
  ///
  /// @param path the path of the directory from that of the glob, empty or with a trailing `/`
  public boolean mayMatchBelow(String path) {
    return path.startsWith(stem) || stem.startsWith(path);
  }

  /// Whether the path of a file of this name, given in UTF-8, may match. Fast.
  public boolean mayMatch(byte[] names, int from, int to) {
    int start = from + beginning.length;
    if (start > to || !Arrays.equals(names, from, start, beginning, 0, beginning.length)) {
      return false;
    }
    return endsRight(names, from, to);
  }

  private boolean endsRight(byte[] names, int from, int to) {
    for (byte[] ending : endings) {
      int start = to - ending.length;
      if (start >= from && Arrays.equals(names, start, to, ending, 0, ending.length)) {
        return true;
      }
    }
    return false;
  }

  /// Plain texts with one of which every name ends that matches; an empty one says nothing.
  private static List<String> endings(String glob) {
    if (!glob.endsWith("}")) {
      return List.of(plainEnd(glob));
    }
    int open = glob.lastIndexOf('{');
    String inside = open < 0 ? "*" : glob.substring(open + 1, glob.length() - 1);
    boolean isPlain =
        inside.chars().noneMatch(c -> c == '/' || (c != ',' && SPECIAL.indexOf(c) >= 0));
    if (!isPlain || glob.startsWith("\\", open - 1)) {
      return List.of("");
    }
    String before = plainEnd(glob.substring(0, open));
    return Stream.of(inside.split(",", -1)).map(end -> before + end).toList();
  }

  private static String beginning(String glob) {
    // Inside of braces and brackets a slash may be no border of names.
    boolean isClear = glob.chars().noneMatch(c -> "[]{}\\".indexOf(c) >= 0);
    return isClear ? plainStart(glob.substring(glob.lastIndexOf('/') + 1)) : "";
  }

  private static String stem(String glob) {
    String plain = plainStart(glob);
    return plain.substring(0, plain.lastIndexOf('/') + 1);
  }

  /// What stands before the first character with a meaning.
  static String plainStart(String glob) {
    int end = 0;
    while (end < glob.length() && SPECIAL.indexOf(glob.charAt(end)) < 0) {
      end++;
    }
    return glob.substring(0, end);
  }

  private static String plainEnd(String glob) {
    int start = glob.length();
    while (start > 0
        && glob.charAt(start - 1) != '/'
        && SPECIAL.indexOf(glob.charAt(start - 1)) < 0) {
      start--;
    }
    return glob.substring(start);
  }
}
