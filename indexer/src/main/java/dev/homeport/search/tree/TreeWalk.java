package dev.homeport.search.tree;

import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspaceException;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// Walks a tree in path order, each directory opened relative to its parent and links not followed.
///
/// What vanishes meanwhile is passed over; what cannot be read or named is counted. One use, one
/// thread.
public final class TreeWalk {
  /// Takes the files that a walk finds.
  public interface Visitor {
    /// Takes one file.
    void file(TreeFile file) throws InterruptedException;
  }

  private static final Set<String> UNCOUNTED = Set.of(".git", ".homeport");

  private final Path root;
  private final TreeFilter filter;
  private final Visitor visitor;
  private int ignored;
  private int hidden;
  private int unreadable;
  private int unnamable;

  /// A walk of the tree below a root that the caller trusts.
  public TreeWalk(Path root, TreeFilter filter, Visitor visitor) {
    this.root = root;
    this.filter = filter;
    this.visitor = visitor;
  }

  /// Whether a directory of this name is not worth a word when it is skipped.
  public static boolean isUncounted(String name) {
    return UNCOUNTED.contains(name);
  }

  /// How many entries ignore files excluded; a whole directory counts once.
  public int ignored() {
    return ignored;
  }

  /// How many entries were left out because they are hidden; a whole directory counts once.
  public int hidden() {
    return hidden;
  }

  /// How many directories could not be read.
  public int unreadable() {
    return unreadable;
  }

  /// How many entries have names that no workspace path can express.
  public int unnamable() {
    return unnamable;
  }

  /// Walks a directory, or visits a file, which is then taken whatever the filter says.
  public void from(WorkspacePath start) throws IOException, InterruptedException {
    DirectoryRules rules = IgnoreFiles.above(root);
    var opened = new ArrayList<SecureDirectoryStream<Path>>();
    try {
      SecureDirectoryStream<Path> directory = open(root);
      opened.add(directory);
      String path = "";
      for (String name : start.segments()) {
        rules = IgnoreFiles.in(directory, names(directory), rules, path);
        BasicFileAttributes attributes = attributes(directory, Path.of(name));
        if (attributes.isRegularFile() && name.equals(start.name())) {
          visitor.file(file(path + name, attributes));
          return;
        }
        if (!attributes.isDirectory()) {
          throw new NotDirectoryException(name);
        }
        directory = directory.newDirectoryStream(Path.of(name), LinkOption.NOFOLLOW_LINKS);
        opened.add(directory);
        path += name + "/";
      }
      walk(directory, rules, path);
    } catch (FileSystemException e) {
      throw new WorkspaceException(
          WorkspaceException.Kind.NOT_FOUND,
          start + " was replaced or deleted while it was searched; try once more.",
          e);
    } finally {
      for (var directory : opened.reversed()) {
        directory.close();
      }
    }
  }

  @SuppressWarnings("StreamResourceLeak") // closed by the caller
  private static SecureDirectoryStream<Path> open(Path directory) throws IOException {
    return (SecureDirectoryStream<Path>) Files.newDirectoryStream(directory);
  }

  private static BasicFileAttributes attributes(SecureDirectoryStream<Path> directory, Path name)
      throws IOException {
    return directory
        .getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .readAttributes();
  }

  private static TreeFile file(String path, BasicFileAttributes attributes) {
    return new TreeFile(
        path, attributes.size(), attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS), 0);
  }

  private void walk(SecureDirectoryStream<Path> directory, DirectoryRules above, String path)
      throws IOException, InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    List<Path> names = names(directory);
    DirectoryRules rules = IgnoreFiles.in(directory, names, above, path);
    for (Path name : names) {
      try {
        entry(directory, rules, path, name);
      } catch (FileSystemException | DirectoryIteratorException e) {
        // What was deleted or replaced since the directory was listed had never been there.
        boolean vanished = e instanceof NoSuchFileException || e instanceof NotDirectoryException;
        unreadable += vanished ? 0 : 1;
      }
    }
  }

  private static List<Path> names(DirectoryStream<Path> directory) {
    var names = new ArrayList<Path>();
    for (Path entry : directory) {
      Path name = entry.getFileName();
      if (!Workspace.isUnfinished(name.toString())) {
        names.add(name);
      }
    }
    names.sort(null);
    return names;
  }

  private void entry(
      SecureDirectoryStream<Path> directory, DirectoryRules rules, String path, Path entry)
      throws IOException, InterruptedException {
    BasicFileAttributes attributes = attributes(directory, entry);
    if (!attributes.isDirectory() && !attributes.isRegularFile()) {
      return;
    }
    String name = entry.toString();
    String child = path + name;
    if (!isNamable(entry, name, child)) {
      unnamable++;
      return;
    }
    switch (filter.decide(rules, child, name, attributes.isDirectory())) {
      case UNWANTED -> {}
      case IGNORED -> ignored += isUncounted(name) ? 0 : 1;
      case HIDDEN -> hidden += isUncounted(name) ? 0 : 1;
      case TAKE -> {
        if (attributes.isDirectory()) {
          try (var below = directory.newDirectoryStream(entry, LinkOption.NOFOLLOW_LINKS)) {
            walk(below, rules, child + "/");
          }
        } else {
          visitor.file(file(child, attributes));
        }
      }
    }
  }

  private static boolean isNamable(Path entry, String name, String path) {
    boolean plain = path.length() <= 255;
    for (int i = 0; plain && i < name.length(); i++) {
      char c = name.charAt(i);
      plain = c >= ' ' && c < 0x7F;
    }
    if (plain) {
      return true;
    }
    return isNamable(path) && (name.indexOf('\uFFFD') < 0 || Path.of(name).equals(entry));
  }

  /// Whether a workspace path can express a path from the root.
  public static boolean isNamable(String path) {
    try {
      return !WorkspacePath.parse(path).isRoot();
    } catch (WorkspaceException e) {
      return false;
    }
  }
}
