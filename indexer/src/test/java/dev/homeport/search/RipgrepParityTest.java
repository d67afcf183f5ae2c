package dev.homeport.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Compares grep with the real ripgrep on generated trees, patterns and flags, line for line.
@Tag("ripgrep")
class RipgrepParityTest {
  /// Marks of patterns that match the empty string. Across lines, ripgrep shows context of such a
  /// match after the last newline, and counts one for each byte of a character; Homeport does not.
  private static final List<String> MAY_BE_EMPTY = List.of("^", "$", "?", "\\z");

  private static final int SEARCHES = 100;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void findsTheLinesThatRipgrepFinds(long seed) throws IOException, InterruptedException {
    var random = new Random(seed);
    RandomTree.write(directory, random);
    Grep grep = Grep.over(Workspace.open(directory));

    for (int i = 0; i < SEARCHES; i++) {
      GrepRequest request = randomRequest(random);
      FoundLines expected = Ripgrep.INSTALLED.search(directory, request);
      FoundLines found = FoundLines.of(grep.search(request), request.mode());

      assertThat(found.difference(expected))
          .as("seed %d, search %d: %s", seed, i, request)
          .isEmpty();
      assertThat(found.files().sequencedKeySet().toArray())
          .as("the order of files, seed %d, search %d: %s", seed, i, request)
          .containsExactly(expected.files().sequencedKeySet().toArray());
    }
  }

  private static GrepRequest randomRequest(Random random) {
    String pattern = RandomTree.pattern(random);
    var request = GrepRequest.of(pattern).lineLimit(1_000_000);
    FileScope scope = FileScope.WORKSPACE;
    if (random.nextInt(3) == 0) {
      request.with(GrepOption.IGNORE_CASE);
    }
    if (random.nextInt(6) == 0) {
      request.with(GrepOption.LITERAL);
    }
    if (random.nextInt(4) == 0 && !mayBeEmpty(pattern)) {
      request.with(GrepOption.MULTILINE);
      if (random.nextBoolean()) {
        request.with(GrepOption.DOT_ALL);
      }
    }
    if (random.nextInt(3) == 0) {
      request.context(random.nextInt(3), random.nextInt(3));
    }
    scope = scope.withHidden(random.nextInt(4) == 0).withIgnored(random.nextInt(4) == 0);
    if (random.nextInt(3) == 0) {
      scope = scope.withGlobs(RandomTree.glob(random));
    } else if (random.nextInt(4) == 0) {
      scope = scope.withTypes(random.nextBoolean() ? "java" : "md");
    }
    if (random.nextInt(6) == 0) {
      scope = scope.below(new WorkspacePath(List.of("src")));
    }
    OutputMode[] modes = OutputMode.values();
    return request.scope(scope).mode(modes[random.nextInt(modes.length)]).build();
  }

  private static boolean mayBeEmpty(String pattern) {
    return MAY_BE_EMPTY.stream().anyMatch(pattern::contains)
        || List.of(pattern.split("\\|", -1)).contains("");
  }
}
