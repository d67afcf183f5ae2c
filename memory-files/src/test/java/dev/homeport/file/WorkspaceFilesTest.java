package dev.homeport.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeport.file.FileOutcome.Done;
import dev.homeport.file.FileOutcome.Occupied;
import dev.homeport.file.FileOutcome.Stale;
import dev.homeport.file.FileOutcome.Status;
import dev.homeport.file.FileOutcome.Unmatched;
import dev.homeport.workspace.Sha256;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspaceException;
import dev.homeport.workspace.WorkspaceException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WorkspaceFilesTest {
  @TempDir Path root;
  Workspace workspace;
  WorkspaceFiles files;

  @BeforeEach
  void open() throws IOException {
    workspace = Workspace.open(root);
    files = WorkspaceFiles.of(workspace);
  }

  private static Precondition content(String expected) {
    return new Precondition.Content(Sha256.hex(expected.getBytes(UTF_8)));
  }

  private FileOutcome write(String text, Precondition precondition) throws Exception {
    return files.write(workspace.path("d/f"), text, precondition);
  }

  private FileOutcome edit(String before, Replacement... edits) throws Exception {
    Files.writeString(root.resolve("f"), before);
    return files.edit(workspace.path("f"), List.of(edits), Precondition.NONE, false);
  }

  private static Status status(FileOutcome outcome) {
    assertThat(outcome).isInstanceOf(Done.class);
    return ((Done) outcome).status();
  }

  @Nested
  class Write {
    @Test
    void createsUpdatesAndLeavesAlone() throws Exception {
      assertThat(status(write("one", Precondition.NONE))).isEqualTo(Status.CREATED);
      assertThat(status(write("two", Precondition.NONE))).isEqualTo(Status.UPDATED);
      assertThat(write("two", Precondition.NONE))
          .isEqualTo(
              new Done(
                  Status.UNCHANGED,
                  java.util.Optional.of(
                      new FileFacts(
                          workspace.path("d/f"),
                          Sha256.hex("two".getBytes(UTF_8)),
                          3,
                          java.util.OptionalLong.of(1))),
                  ""));
    }

    @Test
    void comparesWhatTheCallerExpected() throws Exception {
      write("one", Precondition.NONE);

      assertThat(status(write("two", content("one")))).isEqualTo(Status.UPDATED);
      assertThat(status(write("two", content("one")))).as("retry").isEqualTo(Status.UNCHANGED);
      assertThat(write("three", content("one")))
          .isInstanceOfSatisfying(
              Stale.class,
              stale -> {
                assertThat(stale.current().sha256()).isEqualTo(Sha256.hex("two".getBytes(UTF_8)));
                assertThat(stale.diff()).contains("-two", "+three");
              });
      assertThat(root.resolve("d/f")).hasContent("two");
    }

    @Test
    void makesAFileOnlyIfThereIsNone() throws Exception {
      assertThat(status(write("one", new Precondition.Absent()))).isEqualTo(Status.CREATED);
      assertThat(write("two", new Precondition.Absent()))
          .isEqualTo(new Occupied(workspace.path("d/f")));
      assertThatThrownBy(() -> files.write(workspace.path("none"), "x", content("y")))
          .hasMessageContaining("memory_precondition_failed_error");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          ".homeport",
          ".homeport/lock",
          ".homeport/config.yaml",
          ".homeport/sessions/s/1.jsonl",
          ".homeport/memory",
          ".homeport/memory/.homeport-remember",
          ".homeport/memoryx"
        })
    void leavesWhatBelongsToHomeport(String path) throws IOException {
      var protectedPath = workspace.path(path);

      assertThatThrownBy(() -> files.write(protectedPath, "x", Precondition.NONE))
          .isInstanceOfSatisfying(
              WorkspaceException.class, e -> assertThat(e.kind()).isEqualTo(Kind.PROTECTED));
      assertThatThrownBy(() -> files.delete(protectedPath, Precondition.NONE, true))
          .isInstanceOf(WorkspaceException.class);
      assertThatThrownBy(() -> files.move(workspace.path("f"), protectedPath, Precondition.NONE))
          .isInstanceOf(WorkspaceException.class);
    }

    @Test
    void writesMemoryFiles() throws Exception {
      assertThat(
              status(files.write(workspace.path(".homeport/memory/a.md"), "x", Precondition.NONE)))
          .isEqualTo(Status.CREATED);
    }

    @Test
    void refusesMoreThanTenMegabytes() throws Exception {
      assertThatThrownBy(
              () -> write("x".repeat(WorkspaceFiles.MOST_WRITTEN + 1), Precondition.NONE))
          .isInstanceOfSatisfying(
              WorkspaceException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TOO_LARGE));
    }
  }

  @Nested
  class Edit {
    @Test
    void replacesOneAfterTheOtherAndShowsTheDifference() throws Exception {
      FileOutcome outcome =
          edit("a\nb\nc\n", Replacement.once("a", "b"), Replacement.once("b\nb", "x"));

      assertThat(status(outcome)).isEqualTo(Status.UPDATED);
      assertThat(((Done) outcome).diff())
          .isEqualTo("--- a/f\n+++ b/f\n@@ -1,4 +1,3 @@\n-a\n-b\n+x\n c\n ");
      assertThat(root.resolve("f")).hasContent("x\nc\n");
    }

    @Test
    void changesNothingIfOneEditDoesNotMatch() throws Exception {
      FileOutcome outcome =
          edit("a\nb b\n", Replacement.once("a", "x"), Replacement.once("b", "y"));

      assertThat(outcome).isEqualTo(new Unmatched(2, 1, List.of(2), ""));
      assertThat(root.resolve("f")).hasContent("a\nb b\n");
    }

    @Test
    void replacesAllOrAsManyAsExpected() throws Exception {
      assertThat(status(edit("b b b", new Replacement("b", "bb", true, null))))
          .isEqualTo(Status.UPDATED);
      assertThat(root.resolve("f")).hasContent("bb bb bb");
      assertThat(status(edit("b\nb", new Replacement("b", "c", false, 2))))
          .isEqualTo(Status.UPDATED);
      assertThat(edit("b\nb", new Replacement("b", "c", true, 3)))
          .isEqualTo(new Unmatched(1, 3, List.of(1, 2), ""));
      assertThat(edit("a", new Replacement("b", "c", true, null)))
          .isEqualTo(new Unmatched(1, 0, List.of(), ""));
    }

    @Test
    void pointsToTheLinesThatLookMostAlike() throws Exception {
      String before = "class A {\n  int  total = 0;\n  return total;\n}\n";

      FileOutcome outcome = edit(before, Replacement.once("int total=0;\nreturn total;", "x"));

      assertThat(outcome)
          .isEqualTo(
              new Unmatched(1, 1, List.of(), "     2\t  int  total = 0;\n     3\t  return total;"));
    }

    @Test
    void triesWithoutWriting() throws Exception {
      Files.writeString(root.resolve("f"), "a");

      FileOutcome outcome =
          files.edit(
              workspace.path("f"), List.of(Replacement.once("a", "b")), Precondition.NONE, true);

      assertThat(status(outcome)).isEqualTo(Status.PREVIEWED);
      assertThat(((Done) outcome).diff()).contains("-a", "+b");
      assertThat(root.resolve("f")).hasContent("a");
      assertThat(root.resolve(".homeport")).doesNotExist();
    }

    @Test
    void keepsLineEndsAndTheByteOrderMark() throws Exception {
      edit("\uFEFFone\r\ntwo\r\nthree", Replacement.once("one\ntwo", "1\n2"));

      assertThat(Files.readString(root.resolve("f"))).isEqualTo("\uFEFF1\r\n2\r\nthree");
    }

    @Test
    void comparesWhatTheCallerExpected() throws Exception {
      Files.writeString(root.resolve("f"), "a");
      var edits = List.of(Replacement.once("a", "b"));

      assertThat(files.edit(workspace.path("f"), edits, content("x"), false))
          .isInstanceOf(Stale.class);
      assertThat(status(files.edit(workspace.path("f"), edits, content("a"), false)))
          .isEqualTo(Status.UPDATED);
    }

    @Test
    void refusesWhatIsNoText() throws Exception {
      Files.write(root.resolve("f"), new byte[] {(byte) 0xff});

      assertThatThrownBy(() ->
              files.edit(
                  workspace.path("f"),
                  List.of(Replacement.once("a", "b")),
                  Precondition.NONE,
                  false))
          .hasMessageContaining("not valid UTF-8");
    }

    @Test
    void keepsAllParallelEdits() throws Exception {
      Files.writeString(root.resolve("f"), slots("slot"));
      var calls = new ArrayList<Callable<FileOutcome>>();
      for (int i = 1; i <= 50; i++) {
        var edits = List.of(Replacement.once("slot " + i + ".", "done " + i + "."));
        calls.add(() -> files.edit(workspace.path("f"), edits, Precondition.NONE, false));
      }

      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (var call : threads.invokeAll(calls)) {
          assertThat(status(call.get())).isEqualTo(Status.UPDATED);
        }
      }

      assertThat(Files.readString(root.resolve("f"))).isEqualTo(slots("done"));
    }

    private static String slots(String word) {
      return IntStream.rangeClosed(1, 50)
          .mapToObj(i -> word + " " + i + ".\n")
          .collect(Collectors.joining());
    }

    @Test
    void doesNotDiffWhatIsTooDifferent() throws Exception {
      String before =
          IntStream.range(0, 5_000).mapToObj(i -> i + "\n").collect(Collectors.joining());

      FileOutcome outcome = edit(before, new Replacement("\n", "x\n", true, null));

      assertThat(((Done) outcome).diff()).contains("too many lines");
    }
  }

  @Nested
  class MoveAndDelete {
    @BeforeEach
    void make() throws IOException {
      Files.createDirectories(root.resolve("d/e"));
      Files.writeString(root.resolve("d/e/f"), "x");
    }

    @Test
    void movesFilesAndDirectories() throws Exception {
      assertThat(files.move(workspace.path("d/e/f"), workspace.path("g/h"), content("x")))
          .isInstanceOfSatisfying(
              Done.class, done -> assertThat(done.file().orElseThrow().bytes()).isEqualTo(1));
      assertThat(status(files.move(workspace.path("d"), workspace.path("i"), Precondition.NONE)))
          .isEqualTo(Status.MOVED);
      assertThat(root.resolve("i/e")).isEmptyDirectory();
    }

    @Test
    void doesNotMoveOntoSomething() throws Exception {
      Files.writeString(root.resolve("g"), "y");

      assertThat(files.move(workspace.path("g"), workspace.path("d"), Precondition.NONE))
          .isEqualTo(new Occupied(workspace.path("d")));
      assertThat(files.move(workspace.path("g"), workspace.path("h"), content("x")))
          .isInstanceOf(Stale.class);
    }

    @Test
    void deletesFilesAndOnRequestDirectories() throws Exception {
      var d = workspace.path("d");

      assertThatThrownBy(() -> files.delete(d, Precondition.NONE, false))
          .hasMessageContaining("set recursive");
      assertThat(files.delete(workspace.path("d/e/f"), content("y"), false))
          .isInstanceOf(Stale.class);
      assertThat(status(files.delete(workspace.path("d/e/f"), content("x"), false)))
          .isEqualTo(Status.DELETED);
      assertThat(status(files.delete(d, Precondition.NONE, true))).isEqualTo(Status.DELETED);
      assertThat(root.resolve("d")).doesNotExist();
    }
  }
}
