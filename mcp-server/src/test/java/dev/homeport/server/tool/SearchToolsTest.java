package dev.homeport.server.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.index.FileIndex;
import dev.homeport.search.IndexedFiles;
import dev.homeport.search.LiveFiles;
import dev.homeport.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchToolsTest {
  @TempDir Path temporary;
  ToolRegistry registry;
  Lazy<LiveFiles> files;

  @BeforeEach
  void makeWorkspace() throws IOException {
    Path root = Files.createDirectories(temporary.resolve("workspace"));
    Files.createDirectories(root.resolve("src"));
    Files.writeString(root.resolve("src/a.py"), "one\ntwo harbour\nthree\nfour\nharbour five\n");
    Files.writeString(root.resolve("src/b.txt"), "Harbour six\n");
    Files.writeString(root.resolve(".hidden"), "harbour seven\n");
    Lazy<Workspace> workspace = Lazy.of(() -> Workspace.open(root));
    files = Lazy.of(() -> LiveFiles.of(workspace.get()));
    Lazy<IndexedFiles> indexed =
        Lazy.of(() -> IndexedFiles.of(workspace.get(), files.get(), temporary.resolve("grams")));
    Lazy<FileIndex> index =
        Lazy.of(() -> FileIndex.open(workspace.get(), temporary.resolve("cache")));
    registry =
        ToolRegistry.of(
            Map.of(Toolset.SEARCH, List.of(new SearchTools(workspace, files, indexed, index))),
            ToolRegistry.Selection.ALL,
            (_, _) -> new ResultSink.Stored("r-1", ".homeport/results/r-1"));
  }

  private ToolResult call(String tool, Map<String, ?> arguments) {
    var context = new ToolContext((_, _) -> "s-1", "test", Map.of(), (_, _, _) -> {});
    return registry.call(tool, arguments, context);
  }

  @Test
  void printsMatchesAndTheTotal() {
    ToolResult result = call("grep", Map.of("pattern", "harbour", "-C", 1));

    assertThat(result.text())
        .isEqualTo(
            """
            src/a.py-1-one
            src/a.py:2:two harbour
            src/a.py-3-three
            src/a.py-4-four
            src/a.py:5:harbour five
            2 lines (1 hidden skipped)\
            """);
    assertThat(result.meta()).containsEntry("total", 2L).containsEntry("truncated", false);
  }

  @Test
  void pagesAndCounts() {
    ToolResult first = call("grep", Map.of("pattern", "harbour", "-i", true, "head_limit", 2));
    assertThat(first.text()).contains("truncated, next offset 2");
    assertThat(first.meta()).containsEntry("nextOffset", 2);

    assertThat(call("grep", Map.of("pattern", "harbour", "output_mode", "count")).text())
        .startsWith("src/a.py:2\n1 file");
  }

  @Test
  void tellsWhereAZeroResultWouldHaveHits() {
    assertThat(call("grep", Map.of("pattern", "seven")).text())
        .startsWith("0 lines")
        .contains("1 hidden or ignored files match");
  }

  @Test
  void namesWhatAPatternMayNotHave() {
    ToolResult result = call("grep", Map.of("pattern", "a(?=b)"));

    assertThat(result.isError()).isTrue();
    assertThat(result.text()).contains("at character 2");
  }

  @Test
  void listsFilesByName() {
    assertThat(call("glob", Map.of("pattern", "*.py")).text()).startsWith("src/a.py\n1 file");
  }

  @ParameterizedTest
  @CsvSource({"grep, harbour", "glob, *.py"})
  void tellsThatEveryFileWasAskedFor(String tool, String pattern) throws Exception {
    assertThat(files.get().awaitReady(Duration.ofSeconds(20))).isTrue();

    assertThat(call(tool, Map.of("pattern", pattern, "fresh", true)).text())
        .contains("src/a.py")
        .endsWith("; every file was asked for changes, since it was asked for");
    assertThat(call(tool, Map.of("pattern", pattern)).text()).doesNotContain("asked for");
  }

  @Test
  void ranksFilesByWords() {
    assertThat(call("search", Map.of("query", "which harbour is six?")).text())
        .contains("src/b.txt#1 (doc)\n  1: Harbour six\n");
  }

  @Test
  void keepsTheAnswerOfSearchWithinABudget() throws Exception {
    String line = "Harbour seven. ".repeat(20) + "\n\n";
    Files.writeString(temporary.resolve("workspace/long.md"), line.repeat(20));

    String text = call("search", Map.of("query", "harbour seven", "tokens", 300)).text();

    assertThat(text).hasSizeLessThan(4 * 300 + 100).contains("more places (raise tokens)");
  }
}
