package dev.homeport.server.cli.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// A text file of the user's that we read and replace. Links stay links: what they lead to changes.
public final class ConfigFile {
  private static final Set<PosixFilePermission> NEW_FILE =
      PosixFilePermissions.fromString("rw-r--r--");

  private final Path file;

  /// @param file where it is, or is to be
  public ConfigFile(Path file) {
    this.file = file;
  }

  /// What it holds; empty if there is none.
  public String read() throws IOException {
    return Files.exists(file) ? Files.readString(file) : "";
  }

  /// Replaces it in one step, keeping its permissions; makes its directories if they are missing.
  public void write(String text) throws IOException {
    boolean exists = Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    Path target = exists ? file.toRealPath() : file;
    Set<PosixFilePermission> permissions =
        exists ? Files.getPosixFilePermissions(target) : NEW_FILE;
    Files.createDirectories(target.getParent());
    Path unfinished = Files.createTempFile(target.getParent(), ".homeport", ".tmp");
    try {
      Files.writeString(unfinished, text);
      Files.setPosixFilePermissions(unfinished, permissions);
      Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }
}
