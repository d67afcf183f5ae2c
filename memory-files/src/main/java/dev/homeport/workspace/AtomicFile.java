package dev.homeport.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/// Writes files outside any workspace: state and caches, at paths that no agent has a say in.
public final class AtomicFile {
  private AtomicFile() {}

  /// Replaces a file durably and atomically: temporary file, fsync, rename, fsync of the directory.
  ///
  /// Missing directories are made; they and a new file are for their owner alone. Does not lock:
  /// see [ProcessLocks].
  public static void write(Path trusted, byte[] content) throws IOException {
    Path directory = Objects.requireNonNull(trusted.toAbsolutePath().getParent());
    Files.createDirectories(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    try (var open = SecureDirectory.open(directory)) {
      open.replaceFile(String.valueOf(trusted.getFileName()), content, true, Durability.FULL);
      open.force();
    }
  }
}
