package dev.homeport.search.live;

/// What the system knows of an open or named file.
///
/// @param mode its kind and permissions
/// @param links how many names it has
/// @param modified its last change, in nanoseconds since 1970
/// @param changed the last change of it or of what is known of it, set by the file system alone
record Stat(int mode, int links, long device, long inode, long size, long modified, long changed) {
  static final Stat NOTHING = new Stat(0, 0, 0, 0, 0, 0, 0);

  private static final int KIND = 0xF000;
  private static final int DIRECTORY = 0x4000;
  private static final int REGULAR = 0x8000;

  /// A file system whose times are in whole seconds, and one whose times are those of clock ticks.
  private static final long COARSE = 2_100_000_000L;

  private static final long FINE = 30_000_000L;

  boolean isDirectory() {
    return (mode & KIND) == DIRECTORY;
  }

  boolean isRegularFile() {
    return (mode & KIND) == REGULAR;
  }

  /// Whether a further change could leave all this as it is, because it could fall into the same
  /// tick of the clock.
  ///
  /// @param now the time just before this was asked, in nanoseconds since 1970
  static boolean isHot(long changed, long now) {
    return now - changed < (changed % 1_000_000_000 == 0 ? COARSE : FINE);
  }

  /// The time now, in nanoseconds since 1970.
  static long now() {
    return System.currentTimeMillis() * 1_000_000;
  }
}
