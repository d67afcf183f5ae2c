package dev.homeport.server.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.file.ReadCopies;
import dev.homeport.workspace.Sha256;
import dev.homeport.workspace.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileToolsTest {
  @TempDir Path root;
  @TempDir Path cache;
  ToolRegistry registry;

  @BeforeEach
  void setUp() {
    registry =
        ToolRegistry.of(
            Map.of(
                Toolset.FILES,
                List.of(
                    new FileTools(
                        Lazy.of(() -> Workspace.open(root)), Lazy.of(() -> ReadCopies.in(cache))))),
            ToolRegistry.Selection.ALL,
            (_, _) -> new ResultSink.Stored("r-1", ".homeport/results/r-1"));
  }

  private ToolResult call(String tool, Map<String, ?> arguments) {
    var context =
        new ToolContext(
            (requested, _) -> requested.orElse("s-1"), "test", Map.of(), (_, _, _) -> {});
    return registry.call(tool, arguments, context);
  }

  private String read(Map<String, ?> arguments) {
    ToolResult result = call("read_file", arguments);
    assertThat(result.isError()).as(result.text()).isFalse();
    return result.text();
  }

  private static String sha(String content) {
    return "sha256 " + Sha256.hex(content.getBytes(StandardCharsets.UTF_8));
  }

  private void file(String name, String content) throws IOException {
    Files.writeString(root.resolve(name), content);
  }

  @Test
  void readsAFileAndEndsWithItsSha256() throws IOException {
    file("a", "1\n2\n");
    file("b", "no newline");
    file("c", "");

    assertThat(read(Map.of("path", "a"))).isEqualTo("1\n2\n" + sha("1\n2\n"));
    assertThat(read(Map.of("file_path", root.resolve("b").toString())))
        .isEqualTo("no newline\n[No newline at the end of the file.]\n" + sha("no newline"));
    assertThat(read(Map.of("path", "c"))).isEqualTo("[The file is empty.]\n" + sha(""));
  }

  @Test
  void readsPartsAndSaysHowToGoOn() throws IOException {
    String content = "1\n2\n3\n4\n5\n";
    file("a", content);

    assertThat(read(Map.of("path", "a", "line", 2, "max_lines", 2)))
        .isEqualTo("2\n3\n[Lines 2 to 3 of 5; go on with line: 4]\n" + sha(content));
    assertThat(read(Map.of("path", "a", "head", 1)))
        .isEqualTo("1\n[Lines 1 to 1 of 5; go on with line: 2]\n" + sha(content));
    assertThat(read(Map.of("path", "a", "tail", 2)))
        .isEqualTo("4\n5\n[Lines 4 to 5 of 5]\n" + sha(content));
    assertThat(read(Map.of("path", "a", "byte_offset", 2, "byte_limit", 3)))
        .isEqualTo("2\n3\n[Lines 2 to 3 of 5; go on with byte_offset: 5]\n" + sha(content));
    assertThat(call("read_file", Map.of("path", "a", "max_lines", 2)).meta())
        .containsEntry("next_offset", 4L)
        .containsEntry("total_lines", 5L);
    assertThat(call("read_file", Map.of("path", "a", "line", 9)).text())
        .contains("a has 5 lines, so there is no line 9");
    assertThat(call("read_file", Map.of("path", "a", "max_lines", 0)).isError()).isTrue();
  }

  @Test
  void showsPicturesAndRefusesBinaries() throws IOException {
    byte[] png = Base64.getDecoder().decode("iVBORw0KGgoAAAANSUhEUg==");
    Files.write(root.resolve("a.png"), png);
    Files.write(root.resolve("b"), new byte[] {0, 1});

    assertThat(call("read_file", Map.of("path", "a.png")).images())
        .containsExactly(ToolResult.Image.of(png, "image/png"));
    assertThat(call("read_file", Map.of("path", "b")).isError()).isTrue();
    assertThat(call("read_file", Map.of("path", "none")).text()).startsWith("none does not exist");
    assertThat(call("read_file", Map.of("path", "../x")).isError()).isTrue();
  }

  @Test
  void writesUnderPreconditions() {
    var one = Map.of("path", "d/a", "content", "one");

    assertThat(call("write_file", one).text()).isEqualTo("Created d/a (1 line).\n" + sha("one"));
    assertThat(call("write_file", one).text()).startsWith("d/a has that content already");
    assertThat(call("write_file", Map.of("path", "d/a", "content", "x", "if_absent", true)).text())
        .startsWith("memory_path_conflict_error");
    ToolResult stale =
        call(
            "write_file",
            Map.of("path", "d/a", "content", "two", "expected_sha256", "0".repeat(64)));
    assertThat(stale.isError()).isTrue();
    assertThat(stale.text())
        .startsWith("memory_precondition_failed_error")
        .contains("-one", "+two")
        .endsWith("\n" + sha("one"));
    assertThat(call("write_file", Map.of("path", ".homeport/config.yaml", "content", "x")).text())
        .contains("belongs to Homeport");
  }

  @Test
  void editsWithADiff() throws IOException {
    file("a", "one\ntwo\n");

    ToolResult edited =
        call(
            "edit_file",
            Map.of("path", "a", "edits", List.of(Map.of("old_string", "one", "new_string", "1"))));

    assertThat(edited.text())
        .startsWith("Updated a (2 lines).\n--- a/a\n+++ b/a\n@@ -1,3 +1,3 @@\n-one\n+1\n")
        .endsWith("\n" + sha("1\ntwo\n"));
    ToolResult failed = call("edit_file", Map.of("path", "a", "edits", List.of(edit("tw o", "x"))));
    assertThat(failed.isError()).isTrue();
    assertThat(failed.text().lines())
        .containsExactly(
            "Nothing was changed: old_text of edit 1 does not stand in a.",
            "The lines that look most like it:",
            "     2	two");
    assertThat(
            call(
                    "edit_file",
                    Map.of("path", "a", "edits", List.of(edit("two", "2")), "dry_run", true))
                .text())
        .startsWith("Not written, only tried: a");
    assertThat(root.resolve("a")).hasContent("1\ntwo\n");
  }

  @Test
  void mergesWhatWasReadWithWhatSomebodyElseChanged() throws IOException {
    file("a", "one\ntwo\nthree\n");
    read(Map.of("path", "a", "line", 2));
    file("a", "one\ntwo\n3\n");

    ToolResult merged =
        call("write_file", merge(Map.of("path", "a", "content", "1\ntwo\nthree\n")));

    assertThat(merged.isError()).isFalse();
    assertThat(merged.text())
        .isEqualTo(
            """
            Merged a (3 lines). Others changed it too; from what you sent to what it has now:
            --- a/a
            +++ b/a
            @@ -1,4 +1,4 @@
             1
             two
            -three
            +3
            \s
            """
                + sha("1\ntwo\n3\n"));
    assertThat(root.resolve("a")).hasContent("1\ntwo\n3\n");
    assertThat(
            call("edit_file", merge(Map.of("path", "a", "edits", List.of(edit("one\n", "")))))
                .text())
        .startsWith("memory_precondition_failed_error: merge conflict in a");
  }

  private static Map<String, Object> merge(Map<String, Object> arguments) {
    var all = new java.util.HashMap<>(arguments);
    all.put("expected_sha256", sha("one\ntwo\nthree\n").substring("sha256 ".length()));
    all.put("on_conflict", "merge");
    return all;
  }

  @Test
  void showsBothSidesOfAnOverlap() throws IOException {
    file("a", "one\ntwo\nthree\n");
    read(Map.of("path", "a"));
    file("a", "zero\none\n2\nthree\n");

    ToolResult conflict =
        call("write_file", merge(Map.of("path", "a", "content", "one\nTWO\nthree\n")));

    assertThat(conflict.isError()).isTrue();
    assertThat(conflict.text().lines().skip(1))
        .containsExactly(
            "Overlap 1 of 1:",
            "<<<<<<< now, line 3",
            "2",
            "||||||| as you expected, line 2",
            "two",
            "======= yours, line 2",
            "TWO",
            ">>>>>>>",
            sha("zero\none\n2\nthree\n"));
    assertThat(conflict.meta()).containsEntry("overlaps", 1);
    assertThat(root.resolve("a")).hasContent("zero\none\n2\nthree\n");
  }

  @Test
  void boundsWhatAConflictShows() throws IOException {
    file("a", "one\ntwo\nthree\n");
    read(Map.of("path", "a"));
    file("a", "x".repeat(100_000));

    String text = call("write_file", merge(Map.of("path", "a", "content", "y\n"))).text();

    assertThat(text).hasSizeLessThan(10_000).contains("[98,500 more characters]");
  }

  @Test
  void saysWhyItCannotMerge() throws IOException {
    file("a", "other\n");

    assertThat(call("write_file", merge(Map.of("path", "a", "content", "x"))).text())
        .startsWith("memory_precondition_failed_error: a has other content")
        .contains("No merge was possible: the content with the sha256 that you expect is not kept")
        .endsWith("\n" + sha("other\n"));
    assertThat(
            call("write_file", Map.of("path", "a", "content", "x", "on_conflict", "merge")).text())
        .contains("on_conflict: merge needs expected_sha256");
    assertThat(
            call("write_file", Map.of("path", "a", "content", "x", "on_conflict", "mrge")).text())
        .contains("on_conflict");
  }

  private static Map<String, Object> edit(String oldText, String newText) {
    return Map.of("old_text", oldText, "new_text", newText);
  }

  @Test
  void movesAndDeletes() throws IOException {
    file("a", "x");

    assertThat(call("edit_file", Map.of("path", "a", "move_to", "d/b")).text())
        .isEqualTo("Moved a to d/b (1 line).\n" + sha("x"));
    assertThat(call("edit_file", Map.of("path", "d", "delete", true)).text())
        .contains("set recursive");
    assertThat(call("edit_file", Map.of("path", "d", "delete", true, "recursive", true)).text())
        .isEqualTo("Deleted d.");
    assertThat(call("edit_file", Map.of("path", "d")).text())
        .contains("give one of edits, move_to or delete: true");
  }

  @Test
  void tellsOfHardLinksAndPartsThemByAWrite() throws IOException {
    file("a", "shared\n");
    Path other = Files.createLink(root.resolve("b"), root.resolve("a"));
    String has =
        "[The file has 2 names (hard links); a write gives this one new content, the others keep"
            + " the old.]\n";

    ToolResult read = call("read_file", Map.of("path", "a"));
    assertThat(read.text()).isEqualTo("shared\n" + has + sha("shared\n"));
    assertThat(read.meta()).containsEntry("links", 2);
    assertThat(call("write_file", Map.of("path", "a", "content", "shared\n")).text())
        .contains("already", has);
    ToolResult tried =
        call(
            "edit_file",
            Map.of("path", "a", "edits", List.of(edit("shared", "own")), "dry_run", true));
    assertThat(tried.text()).contains(has);

    ToolResult edited =
        call("edit_file", Map.of("path", "a", "edits", List.of(edit("shared", "own"))));
    assertThat(edited.text())
        .endsWith(
            "\n[The file had 2 names (hard links); this one is a file of its own now, the others"
                + " keep the old content.]\n"
                + sha("own\n"));
    assertThat(edited.meta()).containsEntry("links", 1);
    assertThat(other).hasContent("shared\n");
    assertThat(call("read_file", Map.of("path", "a")).meta()).doesNotContainKey("links");
  }
}
