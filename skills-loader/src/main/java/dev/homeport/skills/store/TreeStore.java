package dev.homeport.skills.store;

import dev.homeport.skills.source.ContentDigest;
import dev.homeport.skills.source.SourceContents;
import dev.homeport.workspace.Ulid;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Copies of sources, each in a directory named by its digest.
///
/// A copy is written aside, checked, made durable and then given its name, so that a process that
/// dies leaves nothing half: what stands under a digest is whole. Thread-safe, also against other
/// processes.
final class TreeStore {
  private static final Duration ABANDONED = Duration.ofDays(1);

  private final Path trees;
  private final Path staging;

  /// @param directory where sources are kept; made if it is missing
  TreeStore(Path directory) {
    this.trees = directory.resolve("trees");
    this.staging = directory.resolve("staging");
  }

  /// Where the copy of a digest stands, whether it is there or not.
  Path directory(ContentDigest digest) {
    return trees.resolve(digest.hex());
  }

  /// Whether the copy of a digest is there.
  boolean has(ContentDigest digest) {
    return Files.isDirectory(directory(digest));
  }

  /// Copies the skills of a source.
  SourceTree put(SourceContents contents) throws IOException {
    var forOwner =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    Files.createDirectories(trees, forOwner);
    Path stage = staging.resolve(Ulid.at(Instant.now()));
    Files.createDirectories(stage, forOwner);
    try {
      var staged = new StagedTree(stage.toRealPath());
      ContentDigest digest = staged.write(SkillSelection.of(contents), contents);
      publish(stage, directory(digest));
      return new SourceTree(
          directory(digest).toRealPath(),
          digest,
          contents.revision(),
          Stream.concat(contents.notes().stream(), staged.notes().stream()).toList());
    } finally {
      delete(stage);
    }
  }

  /// What stands there already is the same: its name says so.
  private void publish(Path stage, Path target) throws IOException {
    if (Files.isDirectory(target)) {
      return;
    }
    try {
      Files.move(stage, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException another) {
      if (!Files.isDirectory(target)) {
        throw another;
      }
      return;
    }
    try (var directory = FileChannel.open(trees, StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  /// Removes the copies that nobody needs, and what processes that died left half; young ones stay,
  /// as another process may be about to use them.
  void prune(Set<ContentDigest> needed) throws IOException {
    Instant old = Instant.now().minus(ABANDONED);
    for (Path tree : list(trees)) {
      String name = String.valueOf(tree.getFileName());
      boolean isNeeded = needed.stream().anyMatch(digest -> digest.hex().equals(name));
      if (!isNeeded && Files.getLastModifiedTime(tree).toInstant().isBefore(old)) {
        delete(tree);
      }
    }
    for (Path stage : list(staging)) {
      if (Files.getLastModifiedTime(stage).toInstant().isBefore(old)) {
        delete(stage);
      }
    }
  }

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.toList();
    } catch (NoSuchFileException none) {
      return List.of();
    }
  }

  private static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
