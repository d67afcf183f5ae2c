package dev.homeport.search.live;

import dev.homeport.search.tree.TreeFile;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/// Opens files of a tree, each by one call that resolves the whole path without following a link:
/// `openat2`, which Linux has since 5.6. For one thread, one file at a time; close it after use.
public final class DirectOpener implements AutoCloseable {
  private static final boolean IS_SUPPORTED = Syscalls.areSupported() && hasCall();

  private final OpenDirectory root;
  private final Syscalls calls = Syscalls.borrow();

  private DirectOpener(OpenDirectory root) {
    this.root = root;
  }

  /// An opener for the tree below a root that the caller trusts; empty where there is no such call.
  public static Optional<DirectOpener> of(Path root) throws IOException {
    return IS_SUPPORTED
        ? Optional.of(new DirectOpener(OpenDirectory.root(root)))
        : Optional.empty();
  }

  private static boolean hasCall() {
    // Some containers forbid calls that they do not know.
    try (var calls = Syscalls.borrow();
        var root = OpenDirectory.root(Path.of("/"))) {
      int descriptor = calls.openBeneath(root.descriptor(), new byte[] {'.'});
      if (descriptor >= 0) {
        Libc.close(descriptor);
      }
      return descriptor >= 0;
    } catch (IOException e) {
      return false;
    }
  }

  /// Opens a file by its path from the root. What is no file any more counts as gone when it is
  /// opened or read.
  public SeekableByteChannel open(String path) throws IOException {
    byte[] name = path.getBytes(StandardCharsets.UTF_8);
    int descriptor = calls.openBeneath(root.descriptor(), name);
    if (descriptor < 0) {
      throw calls.failure("file");
    }
    return new OpenFile(calls, descriptor);
  }

  /// Whether a file that this has opened is in the state in which a table has it.
  public boolean isStill(SeekableByteChannel open, TreeFile file) throws IOException {
    return ((OpenFile) open).isStill(file);
  }

  @Override
  public void close() {
    calls.close();
    root.close();
  }
}
