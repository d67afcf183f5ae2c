package dev.homeport.sandbox.files;

import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/// Packs entries of a workspace for a sandbox, where they belong to its user.
final class WorkspaceTar {
  private static final int USER = 1_000;
  private static final int DIRECTORY_MODE = 0755;
  private static final int FILE_MODE = 0644;
  private static final int PROGRAM_MODE = 0755;

  private WorkspaceTar() {}

  static void write(Path root, List<WorkspacePath> paths, Path target) throws IOException {
    try (var tar = new TarArchiveOutputStream(Files.newOutputStream(target), "UTF-8")) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
      put(tar, owned(new TarArchiveEntry("./"), DIRECTORY_MODE));
      for (WorkspacePath path : paths) {
        try {
          add(tar, root.resolve(path.toString()), "./" + path);
        } catch (NoSuchFileException e) {
          // Deleted since the scan; the next one will see that.
        }
      }
    }
  }

  private static void add(TarArchiveOutputStream tar, Path file, String name) throws IOException {
    if (Files.isSymbolicLink(file)) {
      var entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
      entry.setLinkName(Files.readSymbolicLink(file).toString());
      put(tar, owned(entry, FILE_MODE));
    } else if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
      put(tar, owned(new TarArchiveEntry(name + "/"), DIRECTORY_MODE));
    } else {
      addFile(tar, file, name);
    }
  }

  private static void addFile(TarArchiveOutputStream tar, Path file, String name)
      throws IOException {
    try (InputStream content =
        Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      byte[] bytes = content.readAllBytes();
      var entry = new TarArchiveEntry(name);
      entry.setSize(bytes.length);
      entry.setModTime(Files.getLastModifiedTime(file));
      tar.putArchiveEntry(owned(entry, Files.isExecutable(file) ? PROGRAM_MODE : FILE_MODE));
      tar.write(bytes);
      tar.closeArchiveEntry();
    }
  }

  private static TarArchiveEntry owned(TarArchiveEntry entry, int mode) {
    entry.setIds(USER, USER);
    entry.setMode(mode);
    return entry;
  }

  private static void put(TarArchiveOutputStream tar, TarArchiveEntry entry) throws IOException {
    tar.putArchiveEntry(entry);
    tar.closeArchiveEntry();
  }
}
