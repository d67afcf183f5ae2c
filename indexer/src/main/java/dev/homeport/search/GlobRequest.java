package dev.homeport.search;

/// Which files to list, and how.
///
/// @param pattern `*`, `?`, `[a-z]`, `{a,b}`, and `**` for any depth. Without `/` it is matched
///   with names at any depth, with `/` with paths from the directory of the scope
/// @param scope where to look; its globs and types narrow the result further
/// @param order the order of the list
/// @param page the part of the list to give
public record GlobRequest(String pattern, FileScope scope, FileOrder order, Page page) {
  /// A request for the files of a workspace that match, by path.
  public static GlobRequest of(String pattern) {
    return new GlobRequest(pattern, FileScope.WORKSPACE, FileOrder.PATH, Page.ALL);
  }
}
