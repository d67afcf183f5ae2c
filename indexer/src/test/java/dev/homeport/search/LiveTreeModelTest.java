package dev.homeport.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.search.live.LiveTree;
import dev.homeport.search.live.Snapshot;
import dev.homeport.search.live.Snapshot.Freshness;
import dev.homeport.search.live.TableImage;
import dev.homeport.search.live.TableWalk.Interest;
import dev.homeport.search.tree.TreeFile;
import dev.homeport.search.tree.TreeFilter;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Compares what a live tree answers with a walk of the disk, after each of many random changes.
class LiveTreeModelTest {
  private static final int CHANGES = 40;
  private static final int STARTS = 12;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void answersWhatAWalkFinds(long seed) throws Exception {
    var random = new Random(seed);
    Path root = Files.createDirectory(directory.resolve("root"));
    RandomTree.write(root, random);
    var edits = new RandomEdits(root, random);
    try (LiveTree tree =
        seed % 2 == 0 ? LiveTree.of(root, null).orElseThrow() : LiveTree.onDemand(root)) {
      compare(root, tree.snapshot(), random, "seed " + seed + " at first");
      Snapshot before = tree.snapshot();
      Map<String, String> contents = contents(root, before);
      for (int i = 0; i < CHANGES; i++) {
        String what = "";
        for (int n = 1 + (random.nextInt(4) == 0 ? random.nextInt(30) : 0); n > 0; n--) {
          what = edits.change();
        }
        Snapshot now = random.nextInt(10) == 0 ? tree.fresh() : tree.snapshot();

        compare(root, now, random, "seed %d, change %d: %s".formatted(seed, i, what));
        Map<String, String> newContents = contents(root, now);
        assertThat(now.table().changedSince(before.table()))
            .as("seed %d, change %d: %s", seed, i, what)
            .doesNotHaveDuplicates()
            .containsAll(differences(contents, newContents));
        before = now;
        contents = newContents;
      }
      assertThat(tree.snapshot().freshness()).isInstanceOf(Freshness.Events.class);
    } finally {
      edits.open();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {31, 32, 33, 34})
  void beginsWithWhatAnEarlierProcessKept(long seed) throws Exception {
    var random = new Random(seed);
    Path root = Files.createDirectory(directory.resolve("root"));
    Path image = directory.resolve("table");
    RandomTree.write(root, random);
    var edits = new RandomEdits(root, random);
    try {
      for (int i = 0; i < STARTS; i++) {
        String when = "seed %d, start %d".formatted(seed, i);
        try (LiveTree tree = LiveTree.of(root, image).orElseThrow()) {
          compare(root, tree.snapshot(), random, when);
          String what = random.nextBoolean() ? edits.change() : "nothing";
          compare(root, tree.snapshot(), random, when + " and " + what);
          if (random.nextInt(3) > 0) {
            new TableImage(tree.snapshot().table(), 0, List.of()).save(image, root);
          }
        }
        // Now and then so long that a directory may be taken as it is.
        Thread.sleep(random.nextBoolean() ? 60 : 0);
        for (int n = random.nextInt(5) * random.nextInt(5); n > 0; n--) {
          edits.change();
        }
      }
    } finally {
      edits.open();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22})
  void listsAndFindsWhatAWalkDoes(long seed) throws Exception {
    var random = new Random(seed);
    Path root = Files.createDirectory(directory.resolve("root"));
    RandomTree.write(root, random);
    var edits = new RandomEdits(root, random);
    var workspace = Workspace.open(root);
    try (LiveFiles files = LiveFiles.of(workspace)) {
      assertThat(files.awaitReady(Duration.ofSeconds(20))).isTrue();
      for (int i = 0; i < 60; i++) {
        String what = edits.change();
        FileScope scope = scopes(random).get(random.nextInt(4));
        var order = random.nextBoolean() ? FileOrder.PATH : FileOrder.MODIFIED;
        var page = random.nextBoolean() ? Page.ALL : new Page(random.nextInt(5), 5);
        var glob = new GlobRequest(RandomTree.glob(random)[0], scope, order, page);
        var grep = GrepRequest.of(RandomTree.pattern(random)).scope(scope).order(order).build();
        String when = "seed %d, change %d: %s, %s".formatted(seed, i, what, glob);

        assertThat(Glob.over(workspace, files).list(glob))
            .as(when)
            .isEqualTo(Glob.over(workspace).list(glob));
        assertThat(Grep.over(workspace, files).search(grep))
            .as(when)
            .isEqualTo(Grep.over(workspace).search(grep));
      }
    } finally {
      edits.open();
    }
  }

  private static Map<String, String> contents(Path root, Snapshot snapshot) throws Exception {
    var contents = new TreeMap<String, String>();
    var filter = FileScope.WORKSPACE.withHidden(true).withGlobs("!.git/").filter();
    TableSource.of(root, snapshot.table(), request(filter, FileOrder.PATH))
        .feed((file, _) -> contents.put(file.path(), read(root.resolve(file.path()))));
    return contents;
  }

  private static SourceRequest request(TreeFilter filter, FileOrder order) {
    return new SourceRequest(WorkspacePath.ROOT, filter, Interest.ALL, order, Optional.empty());
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (AccessDeniedException e) {
      return "unreadable";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> differences(Map<String, String> some, Map<String, String> others) {
    return Stream.concat(some.keySet().stream(), others.keySet().stream())
        .distinct()
        .filter(path -> !Objects.equals(some.get(path), others.get(path)))
        .toList();
  }

  private static void compare(Path root, Snapshot snapshot, Random random, String when)
      throws Exception {
    for (FileScope scope : scopes(random)) {
      for (FileOrder order : FileOrder.values()) {
        var expected = new ArrayList<TreeFile>();
        var found = new ArrayList<TreeFile>();
        var start = WorkspacePath.ROOT;
        Skipped expectedSkipped =
            new WalkSource(root, start, scope.filter(), order)
                .feed((file, _) -> expected.add(file));
        Skipped skipped =
            TableSource.of(root, snapshot.table(), request(scope.filter(), order))
                .feed((file, _) -> found.add(stateless(file)));

        String where = "%s, %s, %s".formatted(when, scope, snapshot.freshness());
        assertThat(without(expected, found)).as("missing: " + where).isEmpty();
        assertThat(without(found, expected)).as("too much: " + where).isEmpty();
        assertThat(found).as(where).isEqualTo(expected);
        assertThat(skipped).as("%s, %s", when, scope).isEqualTo(expectedSkipped);
      }
    }
  }

  /// A file as a walk knows it.
  private static TreeFile stateless(TreeFile file) {
    return new TreeFile(file.path(), file.bytes(), file.modified(), 0);
  }

  private static List<TreeFile> without(List<TreeFile> files, List<TreeFile> others) {
    return files.stream().filter(file -> !others.contains(file)).toList();
  }

  private static List<FileScope> scopes(Random random) {
    return List.of(
        FileScope.WORKSPACE,
        FileScope.WORKSPACE.withHidden(true),
        FileScope.WORKSPACE.withHidden(true).withIgnored(true),
        FileScope.WORKSPACE.withIgnored(true).withGlobs(RandomTree.glob(random)),
        FileScope.WORKSPACE.withGlobs(RandomTree.glob(random)),
        FileScope.WORKSPACE.withTypes("java"),
        FileScope.WORKSPACE.everything());
  }
}
