package dev.homeport.search;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/// Changes a tree at random, in all the ways that tools change one.
final class RandomEdits {
  private static final List<String> NAMES =
      List.of(
          "a", "b.md", "c.java", "src", "main", "docs", "build", ".config", "é", "deep", "x.log");

  private static final List<String> PERMISSIONS =
      List.of("rwxr-xr-x", "rwxr-xr-x", "r--r--r--", "-wx--x--x", "---------");

  private static final List<String> RULES =
      List.of(
          "*.log", "build/", "src", "!x.log", "*.{md,txt}", "/a", "!.config", "docs/*", "", "*");

  private final Path root;
  private final Path outside;
  private final Random random;

  RandomEdits(Path root, Random random) throws IOException {
    this.root = root;
    this.outside = Files.createDirectories(root.resolveSibling("outside"));
    this.random = random;
  }

  /// Makes one change and says which.
  String change() throws IOException {
    int kind = random.nextInt(17);
    try {
      return kind + ": " + change(kind);
    } catch (FileSystemException e) {
      // A change that the tree does not allow, such as a move of a directory into itself.
      return kind + " refused";
    }
  }

  private String change(int kind) throws IOException {
    return switch (kind) {
      case 0, 1, 2 -> {
        Path file = place();
        Files.writeString(file, "x".repeat(random.nextInt(4)));
        yield "write " + file;
      }
      case 3 -> {
        Path file = any();
        Files.writeString(file, "more", StandardOpenOption.APPEND);
        yield "append " + file;
      }
      case 4, 5 -> {
        Path made = place();
        Files.createDirectories(made.resolve(name()));
        Files.writeString(made.resolve(name()), "in it");
        yield "make " + made;
      }
      case 6, 7 -> {
        Path from = any();
        Path to = place();
        Files.move(from, to);
        yield "move " + from + " to " + to;
      }
      case 8 -> {
        Path gone = any();
        delete(gone);
        yield "delete " + gone;
      }
      case 9, 10 -> {
        Path file = directory().resolve(random.nextBoolean() ? ".gitignore" : ".ignore");
        Files.writeString(file, rule() + "\n" + rule() + "\n");
        yield "rules in " + file;
      }
      case 11 -> {
        Path to = outside.resolve("o" + random.nextInt(3));
        Path from = Files.exists(to) ? to : any();
        Path end = Files.exists(to) ? place() : to;
        Files.move(from, end);
        yield "move " + from + " to " + end;
      }
      case 12 -> {
        Path link = place();
        Files.createSymbolicLink(link, directory());
        yield "link " + link;
      }
      case 13 -> {
        // A name in a directory that is not watched, or that comes and goes between two looks,
        // would
        // hide what happens to the file: so it is touched by its own name as well.
        Path file = any();
        Path link = file.resolveSibling(name());
        Files.createLink(link, file);
        Files.writeString(link, "both");
        Files.setLastModifiedTime(file, FileTime.fromMillis(random.nextInt()));
        yield "hard link " + link + " to " + file;
      }
      case 14 -> {
        Path file = any();
        Files.setLastModifiedTime(file, FileTime.fromMillis(random.nextInt()));
        yield "touch " + file;
      }
      case 15 -> {
        // Of no effect for root, but for the event.
        Path made = any();
        String permissions = PERMISSIONS.get(random.nextInt(PERMISSIONS.size()));
        Files.setPosixFilePermissions(made, PosixFilePermissions.fromString(permissions));
        yield permissions + " for " + made;
      }
      default -> repository();
    };
  }

  private String repository() throws IOException {
    Path git = directory().resolve(".git");
    if (Files.exists(git) && random.nextBoolean()) {
      delete(git);
      return "no repository " + git;
    }
    Files.createDirectories(git.resolve("info"));
    Files.writeString(git.resolve("info/exclude"), rule() + "\n");
    return "repository " + git;
  }

  private static void delete(Path path) throws IOException {
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      try (Stream<Path> entries = Files.list(path)) {
        for (Path entry : entries.toList()) {
          delete(entry);
        }
      }
    }
    try {
      Files.delete(path);
    } catch (DirectoryNotEmptyException e) {
      throw new IllegalStateException(e);
    }
  }

  private String rule() {
    return RULES.get(random.nextInt(RULES.size()));
  }

  private String name() {
    return NAMES.get(random.nextInt(NAMES.size()));
  }

  private Path place() throws IOException {
    return directory().resolve(name());
  }

  private Path directory() throws IOException {
    List<Path> all = all();
    List<Path> directories =
        all.stream().filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)).toList();
    return directories.get(random.nextInt(directories.size()));
  }

  private Path any() throws IOException {
    List<Path> all = all().stream().filter(path -> !path.equals(root)).toList();
    return all.get(random.nextInt(all.size()));
  }

  private List<Path> all() throws IOException {
    var all = new ArrayList<Path>();
    add(root, all);
    return all;
  }

  private void add(Path path, List<Path> all) throws IOException {
    all.add(path);
    if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) || path.equals(root.resolve(".git"))) {
      return;
    }
    try (Stream<Path> entries = Files.list(path)) {
      for (Path entry : entries.sorted().toList()) {
        add(entry, all);
      }
    } catch (AccessDeniedException e) {
      // Then what is in it stays as it is.
      return;
    }
  }

  /// Makes all directories accessible again.
  void open() throws IOException {
    open(root);
  }

  private static void open(Path directory) throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    try (Stream<Path> entries = Files.list(directory)) {
      for (Path entry : entries.toList()) {
        if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
          open(entry);
        }
      }
    }
  }
}
