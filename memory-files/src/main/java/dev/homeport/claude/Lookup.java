package dev.homeport.claude;

import dev.homeport.workspace.FileInfo;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspaceException;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What stands at an absolute path, as far as it may be known.
sealed interface Lookup {
  /// A file or a directory.
  ///
  /// @param root the root that holds it
  /// @param path its path there, without links
  /// @param isFile whether it is a file
  record Found(ReadableRoot root, WorkspacePath path, boolean isFile) implements Lookup {
    /// The path as an agent may see it.
    String source() {
      return root.label() + path;
    }

    /// Where it stands on the host; the same for all ways that lead to it.
    Path key() {
      return root.jail().root().resolve(path.toString());
    }
  }

  /// Nothing.
  ///
  /// @param isLink whether a link leads there
  record Missing(boolean isLink) implements Lookup {}

  /// It lies outside of all roots, and nobody has looked at it.
  record Outside() implements Lookup {}

  /// It is a special file, behind too many links, or not for this user.
  record Unreadable() implements Lookup {}

  /// The most links that one path may go through.
  int MOST_LINKS = 40;

  /// Looks a path up in roots. The text of a link is only a name: what it names is looked up, and
  /// later opened, like any other path.
  static Lookup of(Path absolute, List<ReadableRoot> roots) throws IOException {
    Path path = absolute.normalize();
    try {
      for (int links = 0; links <= MOST_LINKS; links++) {
        Optional<Found> place = place(path, roots);
        if (place.isEmpty()) {
          return new Outside();
        }
        Optional<Path> link = firstLink(place.get());
        if (link.isEmpty()) {
          return stat(place.get(), links > 0);
        }
        path = link.get();
      }
      return new Unreadable();
    } catch (WorkspaceException e) {
      return e.kind() == WorkspaceException.Kind.BAD_PATH ? new Missing(false) : new Unreadable();
    } catch (FileSystemException e) {
      return new Unreadable();
    }
  }

  private static Optional<Found> place(Path path, List<ReadableRoot> roots)
      throws WorkspaceException {
    for (ReadableRoot root : roots) {
      Optional<WorkspacePath> inside = root.relative(path);
      if (inside.isPresent()) {
        return Optional.of(new Found(root, inside.get(), false));
      }
    }
    return Optional.empty();
  }

  /// Where the first link on the way leads, with the rest of the way.
  private static Optional<Path> firstLink(Found place) throws IOException {
    Workspace jail = place.root.jail();
    List<String> names = place.path.segments();
    for (int i = 1; i <= names.size(); i++) {
      var prefix = new WorkspacePath(names.subList(0, i));
      if (jail.stat(prefix).filter(info -> info.kind() == FileInfo.Kind.LINK).isPresent()) {
        Path link = jail.root().resolve(prefix.toString());
        Path target = link.resolveSibling(Files.readSymbolicLink(link));
        for (String name : names.subList(i, names.size())) {
          target = target.resolve(name);
        }
        return Optional.of(target.normalize());
      }
    }
    return Optional.empty();
  }

  private static Lookup stat(Found place, boolean isLink) throws IOException {
    Optional<FileInfo> info = place.root.jail().stat(place.path);
    if (info.isEmpty()) {
      return new Missing(isLink);
    }
    return switch (info.get().kind()) {
      case FILE -> new Found(place.root, place.path, true);
      case DIRECTORY -> place;
      case LINK, SPECIAL -> new Unreadable();
    };
  }
}
