package dev.homeport.search.live;

import dev.homeport.search.tree.TreeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Looks at files of a tree as a table does, one by one. For one thread; close it after use.
public final class DiskFiles implements AutoCloseable {
  private final OpenDirectory root;
  private String path = "";
  private @Nullable OpenDirectory directory;

  /// Opens the root of a tree, which the caller trusts.
  public DiskFiles(Path root) throws IOException {
    this.root = OpenDirectory.root(root);
  }

  /// The regular file that stands at a path now, or empty.
  public Optional<TreeFile> file(String file) throws IOException {
    int slash = file.lastIndexOf('/');
    try {
      OpenDirectory in = enter(file.substring(0, slash + 1));
      Entry entry = in.entry(file.substring(slash + 1).getBytes(StandardCharsets.UTF_8));
      return entry == null || entry.kind != Entry.Kind.FILE
          ? Optional.empty()
          : Optional.of(
              new TreeFile(
                  file, entry.size, entry.modified, Folder.state(entry.inode, entry.changed)));
    } catch (NoSuchFileException | NotDirectoryException e) {
      return Optional.empty();
    }
  }

  private OpenDirectory enter(String wanted) throws IOException {
    OpenDirectory current = directory;
    if (current == null || !path.equals(wanted)) {
      leave();
      current = root.descend(wanted);
      directory = current;
      path = wanted;
    }
    return current;
  }

  private void leave() {
    if (directory != null) {
      directory.close();
      directory = null;
    }
  }

  @Override
  public void close() {
    leave();
    root.close();
  }
}
