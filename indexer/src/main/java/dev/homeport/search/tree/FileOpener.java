package dev.homeport.search.tree;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/// Opens files of a tree, each directory relative to its parent and without following links.
///
/// The directories of the last file stay open, so that files of one directory in a row are cheap.
/// Confined to one thread; close it after use.
public final class FileOpener implements AutoCloseable {
  private static final Set<java.nio.file.OpenOption> OPTIONS =
      Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

  private final Path root;
  private final Deque<SecureDirectoryStream<Path>> directories = new ArrayDeque<>();
  private final List<String> names = new ArrayList<>();

  /// An opener for the tree below a root that the caller trusts.
  public FileOpener(Path root) {
    this.root = root;
  }

  /// Opens a file by its path from the root.
  public SeekableByteChannel open(String path) throws IOException {
    int slash = path.lastIndexOf('/');
    String name = path.substring(slash + 1);
    return enter(directory(path, slash)).newByteChannel(Path.of(name), OPTIONS);
  }

  /// The attributes of what stands at a path; a link is not followed.
  public BasicFileAttributes attributes(String path) throws IOException {
    int slash = path.lastIndexOf('/');
    return enter(directory(path, slash))
        .getFileAttributeView(
            Path.of(path.substring(slash + 1)),
            BasicFileAttributeView.class,
            LinkOption.NOFOLLOW_LINKS)
        .readAttributes();
  }

  private static List<String> directory(String path, int slash) {
    return slash < 0 ? List.of() : List.of(path.substring(0, slash).split("/", -1));
  }

  @SuppressWarnings("StreamResourceLeak") // stays open until another directory is entered
  private SecureDirectoryStream<Path> enter(List<String> wanted) throws IOException {
    int common = 0;
    while (common < Math.min(wanted.size(), names.size())
        && wanted.get(common).equals(names.get(common))) {
      common++;
    }
    while (names.size() > common) {
      names.removeLast();
      directories.pop().close();
    }
    if (directories.isEmpty()) {
      directories.push((SecureDirectoryStream<Path>) Files.newDirectoryStream(root));
    }
    for (String name : wanted.subList(common, wanted.size())) {
      directories.push(
          directories.element().newDirectoryStream(Path.of(name), LinkOption.NOFOLLOW_LINKS));
      names.add(name);
    }
    return directories.element();
  }

  @Override
  public void close() throws IOException {
    while (!directories.isEmpty()) {
      directories.pop().close();
    }
    names.clear();
  }
}
