package dev.homeport.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.search.trigram.TrigramIndex;
import dev.homeport.search.trigram.TrigramSnapshot;
import dev.homeport.workspace.Workspace;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What becomes of searches when the index is damaged, lost or cannot be written.
@Timeout(120)
class IndexDamageTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Random random = new Random(11);

  @TempDir Path directory;
  Path cache;
  Workspace workspace;

  /// How files of an index are damaged.
  enum Damage {
    CUT_OFF,
    EMPTIED,
    SCRAMBLED,
    DELETED;

    void applyTo(Path file, Random random) throws IOException {
      if (this == DELETED) {
        Files.delete(file);
        return;
      }
      try (var raw = new RandomAccessFile(file.toFile(), "rw")) {
        switch (this) {
          case CUT_OFF -> raw.setLength(raw.length() / 2);
          case EMPTIED -> raw.setLength(0);
          case SCRAMBLED, DELETED -> {
            byte[] noise = new byte[(int) raw.length()];
            random.nextBytes(noise);
            raw.write(noise);
          }
        }
      }
    }
  }

  @BeforeEach
  void makeTree() throws IOException {
    Path root = Files.createDirectory(directory.resolve("root"));
    RandomTree.write(root, random);
    cache = directory.resolve("index");
    workspace = Workspace.open(root);
  }

  private void damage(Damage damage) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(cache)) {
      files = all.filter(file -> !file.endsWith("write.lock")).sorted().toList();
    }
    assertThat(files).isNotEmpty();
    for (Path file : files) {
      damage.applyTo(file, random);
    }
  }

  private void assertExact(IndexedFiles indexed) throws Exception {
    for (int i = 0; i < 20; i++) {
      GrepRequest request = GrepRequest.of(RandomTree.pattern(random)).build();
      assertThat(Grep.over(workspace, indexed).search(request))
          .as(request.pattern())
          .isEqualTo(Grep.over(workspace).search(request));
    }
  }

  private void assertSound(IndexedFiles indexed) throws Exception {
    assertThat(indexed.awaitIndexed(LIMIT)).isTrue();
    assertThat(indexed.status().otherFiles()).isZero();
    try (TrigramIndex index = TrigramIndex.open(cache, workspace.root().toString()).orElseThrow();
        TrigramSnapshot snapshot = index.snapshot()) {
      assertThat(snapshot.catalog().size()).isPositive();
      snapshot.verify();
    }
    assertExact(indexed);
  }

  @ParameterizedTest
  @EnumSource
  void makesAnIndexAnewThatIsFoundDamaged(Damage damage) throws Exception {
    try (LiveFiles files = LiveFiles.of(workspace)) {
      try (IndexedFiles indexed = IndexedFiles.of(workspace, files, cache, 0)) {
        assertSound(indexed);
      }
      damage(damage);

      try (IndexedFiles indexed = IndexedFiles.of(workspace, files, cache, 0)) {
        assertSound(indexed);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"EMPTIED", "DELETED"}) // nothing tells of the others while it is in use
  void answersExactlyWhileTheIndexIsDamaged(Damage damage) throws Exception {
    try (LiveFiles files = LiveFiles.of(workspace);
        IndexedFiles indexed = IndexedFiles.of(workspace, files, cache, 0)) {
      assertSound(indexed);
      damage(damage);

      assertExact(indexed);
      Files.writeString(workspace.root().resolve("new"), "foo bar\n");
      assertExact(indexed);
    }
  }

  @Test
  void takesALockWhoseFileWasOverwritten() throws Exception {
    Files.createDirectory(cache);
    Files.writeString(cache.resolve("write.lock"), "noise");
    try (LiveFiles files = LiveFiles.of(workspace);
        IndexedFiles indexed = IndexedFiles.of(workspace, files, cache, 0)) {
      assertSound(indexed);
      assertThat(indexed.status().isWriter()).isTrue();
    }
  }

  @Test
  void makesAnIndexAnewThatIsDeletedAsAWhole() throws Exception {
    try (LiveFiles files = LiveFiles.of(workspace);
        IndexedFiles indexed = IndexedFiles.of(workspace, files, cache, 0)) {
      assertSound(indexed);
      damage(Damage.DELETED);
      Files.delete(cache.resolve("write.lock"));
      Files.delete(cache);

      assertExact(indexed);
      while (!Files.isDirectory(cache)) {
        indexed.awaitIndexed(Duration.ofMillis(10));
      }
      assertSound(indexed);
    }
  }

  @Test
  void makesAnIndexAnewThatAnotherProcessAsksFor() throws Exception {
    try (LiveFiles files = LiveFiles.of(workspace);
        IndexedFiles indexed = IndexedFiles.of(workspace, files, cache, 0)) {
      assertSound(indexed);

      RebuildMark.set(cache);
      while (RebuildMark.isSet(cache)) {
        indexed.awaitIndexed(Duration.ofMillis(10));
        TimeUnit.MILLISECONDS.sleep(1);
      }
      assertSound(indexed);
    }
  }

  @Test
  void searchesWithoutAnIndexWhileThereIsNoPlaceForOne() throws Exception {
    Files.writeString(cache, "in the way");
    try (LiveFiles files = LiveFiles.of(workspace);
        IndexedFiles indexed = IndexedFiles.of(workspace, files, cache, 0)) {
      assertExact(indexed);
      while (indexed.status().state() != IndexStatus.State.UNAVAILABLE) {
        TimeUnit.MILLISECONDS.sleep(1);
      }
      assertExact(indexed);

      Files.delete(cache);
      assertSound(indexed);
    }
  }

  @Test
  void readsAnIndexThatItCannotWrite() throws Exception {
    try (LiveFiles files = LiveFiles.of(workspace)) {
      try (IndexedFiles indexed = IndexedFiles.of(workspace, files, cache, 0)) {
        assertSound(indexed);
      }
      Files.delete(cache.resolve("write.lock"));
      Files.createDirectory(cache.resolve("write.lock"));

      try (IndexedFiles indexed = IndexedFiles.of(workspace, files, cache, 0)) {
        assertSound(indexed);
        Files.writeString(workspace.root().resolve("new"), "foo bar\n");
        assertExact(indexed);
        assertThat(indexed.status().isWriter()).isFalse();
        assertThat(indexed.status().indexedFiles()).isPositive();
      }
    }
  }
}
