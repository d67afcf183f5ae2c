package dev.homeport.search;

import dev.homeport.search.live.DirectOpener;
import dev.homeport.search.tree.FileOpener;
import dev.homeport.search.tree.TreeFile;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Opens the files that a scan looks into, one at a time; no link is followed. For one thread.
interface ScannedFiles extends AutoCloseable {
  /// Opens a file.
  ///
  /// @throws NoSuchFileException if it is gone; what is no file any more may tell so when it is
  ///   read
  SeekableByteChannel open(TreeFile file) throws IOException;

  /// Whether an open file still is in the state that is given.
  boolean isUnchanged(SeekableByteChannel open, TreeFile file) throws IOException;

  /// Whether a file stands at its path, after it could not be read.
  boolean isThere(TreeFile file) throws IOException;

  @Override
  void close() throws IOException;

  /// The files below a root.
  static ScannedFiles below(Path root) throws IOException {
    Optional<DirectOpener> direct = DirectOpener.of(root);
    return direct.isPresent() ? new Direct(direct.get()) : new Portable(new FileOpener(root));
  }

  /// By system calls of Linux.
  record Direct(DirectOpener opener) implements ScannedFiles {
    @Override
    public SeekableByteChannel open(TreeFile file) throws IOException {
      return opener.open(file.path());
    }

    @Override
    public boolean isUnchanged(SeekableByteChannel open, TreeFile file) throws IOException {
      return opener.isStill(open, file);
    }

    @Override
    public boolean isThere(TreeFile file) {
      return true; // else it had not been opened, or had told so
    }

    @Override
    public void close() {
      opener.close();
    }
  }

  /// By what Java has.
  record Portable(FileOpener opener) implements ScannedFiles {
    @Override
    public SeekableByteChannel open(TreeFile file) throws IOException {
      return opener.open(file.path());
    }

    @Override
    public boolean isUnchanged(SeekableByteChannel open, TreeFile file) throws IOException {
      BasicFileAttributes now = opener.attributes(file.path());
      return now.isRegularFile()
          && now.size() == file.bytes()
          && now.lastModifiedTime().to(TimeUnit.NANOSECONDS) == file.modified();
    }

    @Override
    public boolean isThere(TreeFile file) throws IOException {
      try {
        return opener.attributes(file.path()).isRegularFile();
      } catch (NoSuchFileException | NotDirectoryException e) {
        return false;
      }
    }

    @Override
    public void close() throws IOException {
      opener.close();
    }
  }
}
