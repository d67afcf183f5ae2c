package dev.homeport.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
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
      List<String> expected = Ripgrep.run(directory, request);
      List<String> found = format(grep.search(request), request);

      assertThat(differences(found, expected))
          .as("seed %d, search %d: %s", seed, i, request)
          .isEmpty();
    }
  }

  /// The first lines that only one of the two has, or the first that stands elsewhere.
  private static List<String> differences(List<String> found, List<String> expected) {
    for (int i = 0; i < Math.max(found.size(), expected.size()); i++) {
      String ours = i < found.size() ? found.get(i) : "nothing";
      String theirs = i < expected.size() ? expected.get(i) : "nothing";
      if (!ours.equals(theirs)) {
        return List.of("line " + i, "Homeport: " + ours, "ripgrep: " + theirs);
      }
    }
    return List.of();
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

  private static List<String> format(GrepOutcome outcome, GrepRequest request) {
    if (outcome instanceof GrepOutcome.BadPattern || outcome instanceof GrepOutcome.BadScope) {
      return List.of("error");
    }
    var lines = new ArrayList<String>();
    for (FileMatches file : ((GrepOutcome.Matches) outcome).files()) {
      switch (request.mode()) {
        case FILES_WITH_MATCHES -> lines.add(file.path().toString());
        case COUNT -> lines.add(file.path() + ":" + file.count());
        case CONTENT ->
            file.lines()
                .forEach(line -> {
                  String mark = line.context() ? "-" : ":";
                  lines.add(file.path() + mark + line.number() + mark + line.text());
                });
      }
    }
    return lines;
  }
}
