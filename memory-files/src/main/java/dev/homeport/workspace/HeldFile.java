package dev.homeport.workspace;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.OptionalLong;

/// A file of a workspace that stays open between uses, with a cheap look at whether it still stands
/// at its path.
///
/// It was reached without following links and, while it is open, no other file has its key. So one
/// look by path is enough to know it again, whatever stands in between. Looking is thread-safe; the
/// channel is the caller's to guard, also against interrupts, which close it.
public final class HeldFile implements AutoCloseable {
  private static final int MOST_ATTEMPTS = 20;

  /// A way to open a file, such as [Workspace#openForRead].
  @FunctionalInterface
  public interface Opener {
    /// Opens a regular file that exists.
    FileChannel open(WorkspacePath path) throws IOException;
  }

  private final FileChannel channel;
  private final Path host;
  private final Object key;

  private HeldFile(FileChannel channel, Path host, Object key) {
    this.channel = channel;
    this.host = host;
    this.key = key;
  }

  /// Opens a regular file that exists.
  public static HeldFile open(Workspace workspace, WorkspacePath path, Opener opener)
      throws IOException {
    for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
      Optional<Object> key = workspace.fileKey(path);
      FileChannel channel = opener.open(path);
      try {
        if (key.isPresent() && key.equals(workspace.fileKey(path))) {
          return new HeldFile(channel, workspace.root().resolve(path.toString()), key.get());
        }
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
      channel.close();
    }
    throw new WorkspaceException(
        WorkspaceException.Kind.BUSY, path + " is being replaced again and again.");
  }

  /// The open file, at whatever position it was left.
  public FileChannel channel() {
    return channel;
  }

  /// Whether both are the same file, whatever they are open for.
  public boolean isSameAs(HeldFile other) {
    return key.equals(other.key);
  }

  /// How many bytes the file has, or empty if it does not stand at its path any more.
  public OptionalLong size() throws IOException {
    try {
      var found = Files.readAttributes(host, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return key.equals(found.fileKey()) ? OptionalLong.of(found.size()) : OptionalLong.empty();
    } catch (NoSuchFileException | NotDirectoryException e) {
      return OptionalLong.empty();
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
