package dev.homeport.skills.store;

import dev.homeport.skills.source.ContentDigest;
import dev.homeport.skills.source.SourceException;
import dev.homeport.workspace.AtomicFile;
import dev.homeport.workspace.ProcessLocks;
import dev.homeport.workspace.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which contents the user agreed to have served in which workspace.
///
/// A lock file comes with a repository that anybody may have written, so it cannot say that itself:
/// this is kept in the user's own state, one file for each workspace, with the workspace in the
/// first line and a digest in each other one. Thread-safe, also against other processes.
final class AgreedVersions {
  private static final Duration LOCK_LIMIT = Duration.ofSeconds(30);
  private static final String LOCK_NAME = "agreed";

  private final Path directory;
  private final ProcessLocks locks;

  /// @param sources where sources are kept
  AgreedVersions(Path sources) {
    this.directory = sources.resolve("agreed");
    this.locks = ProcessLocks.on(directory.resolve("lock"));
  }

  /// The file of a workspace, whether it is there or not.
  Path file(Path workspace) {
    byte[] key = workspace.toString().getBytes(StandardCharsets.UTF_8);
    return directory.resolve(Sha256.hex(key).substring(0, 16) + ".txt");
  }

  /// What was agreed to in a workspace.
  Set<ContentDigest> of(Path workspace) throws IOException {
    return read(file(workspace));
  }

  /// Adds one.
  void add(Path workspace, ContentDigest digest) throws IOException, InterruptedException {
    try (var _ = locks.acquire(List.of(LOCK_NAME), LOCK_LIMIT)) {
      Set<ContentDigest> agreed = of(workspace);
      if (agreed.add(digest)) {
        write(workspace, agreed);
      }
    }
  }

  /// Keeps only these.
  void retain(Path workspace, Set<ContentDigest> digests) throws IOException, InterruptedException {
    try (var _ = locks.acquire(List.of(LOCK_NAME), LOCK_LIMIT)) {
      Set<ContentDigest> agreed = of(workspace);
      if (agreed.retainAll(digests)) {
        write(workspace, agreed);
      }
    }
  }

  /// What was agreed to in any workspace.
  Set<ContentDigest> everywhere() throws IOException {
    var all = new HashSet<ContentDigest>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".txt")).toList()) {
        all.addAll(read(file));
      }
    } catch (NoSuchFileException none) {
      return all;
    }
    return all;
  }

  private void write(Path workspace, Set<ContentDigest> agreed) throws IOException {
    String lines =
        new TreeSet<>(agreed.stream().map(ContentDigest::toString).toList())
            .stream().map(line -> line + "\n").collect(Collectors.joining());
    String text = "# " + workspace + "\n" + lines;
    AtomicFile.write(file(workspace), text.getBytes(StandardCharsets.UTF_8));
  }

  private static Set<ContentDigest> read(Path file) throws IOException {
    var digests = new HashSet<ContentDigest>();
    try {
      for (String line : Files.readAllLines(file)) {
        if (!line.startsWith("#")) {
          digests.add(ContentDigest.parse(line));
        }
      }
    } catch (NoSuchFileException none) {
      return digests;
    } catch (SourceException damaged) {
      throw new SourceException(
          file + " is damaged; delete it and agree again with `homeport skills update`", damaged);
    }
    return digests;
  }
}
