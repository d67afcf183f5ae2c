package dev.homeport.memory;

/// What a memory tree may hold and show.
///
/// @param fileBytes the most bytes a file may have after a change
/// @param files the most files a tree may have
/// @param treeBytes the most bytes all files of a tree may have together after a change that adds
///   some; edits of each process may pass it by 0.63 %, see [MemoryQuota]
/// @param viewCharacters the most characters that `view` answers
/// @param indexLines how many lines of `MEMORY.md` agents load at start
/// @param indexBytes how many bytes of `MEMORY.md` agents load at start
public record MemoryLimits(
    int fileBytes, int files, long treeBytes, int viewCharacters, int indexLines, int indexBytes) {
  /// The limits of Claude's memory tool and, for the number of files and the bytes of all, of the
  /// Managed Agents memory stores. Their limit of 102,400 bytes per file is not taken: the memory
  /// tool documents files of up to 999,999 lines.
  public static final MemoryLimits DEFAULT =
      new MemoryLimits(10 * 1024 * 1024, 2_000, 102_400L * 2_000, 16_000, 200, 25_000);

  /// Checks that each limit lets something through.
  public MemoryLimits {
    if (Math.min(Math.min(fileBytes, files), Math.min(indexLines, indexBytes)) < 1
        || treeBytes < 1
        || viewCharacters < 1_000) {
      throw new IllegalArgumentException(
          "memory limits must be positive, and view_characters at least 1000");
    }
  }

  /// Whether the bytes of a tree can reach their limit before files and bytes of each reach theirs.
  boolean isTreeBytesTighter() {
    return treeBytes < (long) fileBytes * files;
  }
}
