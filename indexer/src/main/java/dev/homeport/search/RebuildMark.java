package dev.homeport.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A file in the directory of an index that asks whoever writes the index to make it anew.
///
/// It is gone with all the rest when that begins.
final class RebuildMark {
  private static final String NAME = "rebuild-wanted";

  private RebuildMark() {}

  static void set(Path directory) throws IOException {
    Files.createDirectories(directory);
    Files.write(directory.resolve(NAME), new byte[0]);
  }

  static boolean isSet(Path directory) {
    return Files.exists(directory.resolve(NAME));
  }
}
