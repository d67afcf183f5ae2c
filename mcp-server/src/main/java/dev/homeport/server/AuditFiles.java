package dev.homeport.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.homeport.server.tool.AuditLog;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The files of the audit log, for their owner alone. A line is one write to a file opened for
/// appending, so lines of several processes do not mix. The file of the last line stays open, until
/// another one stands in its place. An interrupt does not keep a line from being written.
/// Thread-safe.
final class AuditFiles implements AuditLog.Lines {
  private final Path directory;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Held held;

  /// @param directory made if it is missing
  AuditFiles(Path directory) {
    this.directory = directory;
  }

  /// An open file and which one it is.
  private record Held(FileOutputStream out, Path path, @Nullable Object key) {}

  @Override
  public void append(String file, String line) throws IOException {
    byte[] bytes = (line + "\n").getBytes(UTF_8);
    lock.lock();
    try {
      out(directory.resolve(file)).write(bytes);
    } finally {
      lock.unlock();
    }
  }

  private FileOutputStream out(Path path) throws IOException {
    Held last = held;
    if (last != null) {
      if (last.path.equals(path) && last.key != null && last.key.equals(key(path))) {
        return last.out;
      }
      held = null;
      last.out.close();
    }
    makeIfMissing(path);
    var opened = new Held(new FileOutputStream(path.toFile(), true), path, key(path));
    held = opened;
    return opened.out;
  }

  private static @Nullable Object key(Path path) throws IOException {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private void makeIfMissing(Path path) throws IOException {
    if (Files.exists(path)) {
      return;
    }
    Files.createDirectories(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    try {
      Files.createFile(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (FileAlreadyExistsException e) {
      // Another process made it just now.
    }
  }
}
