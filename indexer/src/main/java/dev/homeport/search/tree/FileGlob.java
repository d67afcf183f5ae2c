package dev.homeport.search.tree;

/// A glob for files below a directory: without `/` for names, with `/` for paths from it.
public final class FileGlob {
  private final GlobMatcher matcher;
  private final boolean namesHidden;

  private FileGlob(GlobMatcher matcher, boolean namesHidden) {
    this.matcher = matcher;
    this.namesHidden = namesHidden;
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
    return new FileGlob(GlobMatcher.compile(isName ? "**/" + plain : plain, false), namesHidden);
  }

  /// Whether the glob itself names a hidden file or directory.
  public boolean namesHidden() {
    return namesHidden;
  }

  /// Whether a path from the directory matches.
  public boolean matches(String path) {
    return matcher.matches(path);
  }
}
