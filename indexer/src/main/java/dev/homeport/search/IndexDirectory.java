package dev.homeport.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Tells of the directory of an index without opening what is in it.
final class IndexDirectory {
  private static final Path LOCKS = Path.of("/proc/locks");

  private IndexDirectory() {}

  /// The id of the process that writes the index in a directory, as the kernel tells.
  ///
  /// The lock itself is not touched: a process that opens its file and closes it again would lose a
  /// lock of its own on it.
  static Optional<Long> writer(Path directory) throws IOException {
    Path file = directory.resolve("write.lock");
    if (!Files.exists(file) || !Files.isReadable(LOCKS)) {
      return Optional.empty();
    }
    String inode = ":" + Files.getAttribute(file, "unix:ino", LinkOption.NOFOLLOW_LINKS);
    for (String line : Files.readAllLines(LOCKS)) {
      // 1: POSIX  ADVISORY  WRITE 1234 fe:00:5678 0 EOF
      List<String> fields = List.of(line.strip().split("\\s+", -1));
      if (fields.size() > 5 && fields.get(5).endsWith(inode)) {
        return Optional.of(Long.parseLong(fields.get(4)));
      }
    }
    return Optional.empty();
  }

  /// How large the files in a directory are together.
  static long bytes(Path directory) throws IOException {
    long bytes = 0;
    try (Stream<Path> all = Files.list(directory)) {
      for (Path file : all.toList()) {
        bytes += size(file);
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return 0;
    }
    return bytes;
  }

  private static long size(Path file) throws IOException {
    try {
      return Files.size(file);
    } catch (NoSuchFileException e) {
      return 0; // replaced by a merge meanwhile
    }
  }
}
