package dev.homeport.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.workspace.ChildJvm;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Inputs and disks at the edge of what there is, in a process with 64 MB of heap.
@Timeout(120)
class EdgeInputsTest {
  private static final long TWO_GIGABYTES = 2L << 30;
  private static final String FULL = "The disk is full, or over a quota; free some space";
  private static final String LIMITED = "The operating system lets this process write no larger";
  private static final String DENIED = "The file system does not allow this for the workspace";

  @TempDir Path temporary;
  private Path root;
  private Path memory;

  @BeforeEach
  void make() throws IOException {
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
    root = Files.createDirectory(temporary.resolve("root"));
    memory = Files.createDirectories(root.resolve(".homeport/memory"));
  }

  /// The answers of a child to operations on paths, given one after the other.
  private List<String> answers(List<String> prefix, String... operations)
      throws IOException, InterruptedException {
    var arguments = new ArrayList<>(List.of(root.toString()));
    arguments.addAll(List.of(operations));
    return lines(
        ChildJvm.startSmall(prefix, EdgeChild.class, arguments.toArray(String[]::new)),
        operations.length / 2);
  }

  private List<String> lines(Process child, int count) throws IOException, InterruptedException {
    List<String> lines = ChildJvm.output(child).lines().toList();
    assertThat(lines).hasSize(count);
    assertThat(lines).allSatisfy(line -> assertThat(line).doesNotContain(temporary.toString()));
    return lines;
  }

  private static void sparse(Path file) throws IOException {
    try (var access = new RandomAccessFile(file.toFile(), "rw")) {
      access.writeBytes("head\n");
      access.seek(TWO_GIGABYTES - 6);
      access.writeBytes("\ntail\n");
    }
  }

  @Test
  void takesPartsOfAFileOfTwoGigabytes() throws Exception {
    for (String name : List.of("big", "notes.md", ".homeport/memory/big")) {
      sparse(root.resolve(name));
    }

    List<String> answers =
        answers(
            List.of(),
            "read",
            "big",
            "head",
            "big",
            "tail",
            "big",
            "end",
            "big",
            "fifth",
            "big",
            "edit",
            "big",
            "write",
            "big",
            "note",
            "-",
            "move",
            "big",
            "view",
            "/memories/big",
            "replace",
            "/memories/big",
            "insert",
            "/memories/big",
            "rename",
            "/memories/big",
            "delete",
            "/memories/big-renamed",
            "leftovers",
            "-");

    assertThat(answers)
        .satisfiesExactly(
            read -> assertThat(read).isEqualTo("binary of " + TWO_GIGABYTES),
            head -> assertThat(head).isEqualTo("text 0-5 of 2147483648 exact head|"),
            tail -> assertThat(tail).startsWith("text 2147483643-2147483648").endsWith("tail|"),
            end -> assertThat(end).endsWith("exact tail|"),
            fifth -> assertThat(fifth).startsWith("BAD_RANGE big has 3 lines"),
            edit ->
                assertThat(edit)
                    .startsWith("TOO_LARGE big has 2147483648 bytes")
                    .endsWith("Change it with a command instead, such as sed by execute."),
            write ->
                assertThat(write)
                    .startsWith("TOO_LARGE big has 2147483648 bytes")
                    .endsWith("move it away or delete it with edit_file first."),
            note -> assertThat(note).startsWith("TOO_LARGE notes.md has 2147483648 bytes"),
            move -> assertThat(move).startsWith("MOVED"),
            view -> assertThat(view).startsWith("refused /memories/big has 2147483648 bytes"),
            replace -> assertThat(replace).startsWith("refused /memories/big has 2147483648 bytes"),
            insert -> assertThat(insert).startsWith("refused /memories/big has 2147483648 bytes"),
            rename -> assertThat(rename).startsWith("done Successfully renamed"),
            delete -> assertThat(delete).contains("67,108,864 are kept in the history"),
            leftovers -> assertThat(leftovers).isEqualTo("leftovers "));
    assertThat(Files.size(root.resolve("moved"))).isEqualTo(TWO_GIGABYTES);
  }

  @Test
  void takesALineOfTenMegabytes() throws Exception {
    String line = "x".repeat(5_000_000) + "needle" + "y".repeat(5_000_000);
    Files.writeString(root.resolve("line"), line);
    Files.writeString(memory.resolve("line"), line);
    Files.writeString(root.resolve("notes.md"), line);

    List<String> answers =
        answers(
            List.of(),
            "read",
            "line",
            "tail",
            "line",
            "edit",
            "line",
            "note",
            "-",
            "view",
            "/memories/line",
            "replace",
            "/memories/line",
            "insert",
            "/memories/line",
            "leftovers",
            "-");

    assertThat(answers)
        .satisfiesExactly(
            read -> assertThat(read).startsWith("text 0-40000 of 10000006 exact xxx"),
            tail -> assertThat(tail).startsWith("text 9960006-10000006 of 10000006 exact yyy"),
            edit ->
                assertThat(edit)
                    .isEqualTo("UPDATED [line has lines that are too long to show a diff]"),
            note -> assertThat(note).isEqualTo("noted in notes.md"),
            view -> assertThat(view).startsWith("done Here's the content of /memories/line with"),
            replace -> assertThat(replace).startsWith("done The memory file has been edited."),
            insert -> assertThat(insert).isEqualTo("done The file /memories/line has been edited."),
            leftovers -> assertThat(leftovers).isEqualTo("leftovers "));
    String edited = line.replace("needle", "pin");
    assertThat(Files.readString(root.resolve("line")).equals(edited)).isTrue();
    assertThat(Files.readString(memory.resolve("line")).equals("first\n" + edited)).isTrue();
  }

  @Test
  void showsAFileOf999999LinesAndNoMore() throws Exception {
    Files.writeString(memory.resolve("most"), "x\n".repeat(999_998) + "last");
    Files.writeString(memory.resolve("more"), "x\n".repeat(999_999) + "last");
    Files.writeString(root.resolve("more"), "x\n".repeat(999_999) + "last");

    List<String> answers =
        answers(
            List.of(),
            "view",
            "/memories/most",
            "view-last",
            "/memories/most",
            "view",
            "/memories/more",
            "view-last",
            "/memories/more",
            "tail",
            "more");

    String refused = "refused File /memories/more exceeds maximum line limit of 999,999 lines.";
    assertThat(answers)
        .satisfiesExactly(
            view -> assertThat(view).startsWith("done Here's the content of /memories/most"),
            last ->
                assertThat(last)
                    .isEqualTo(
                        "done Here's the content of /memories/most with line numbers:|999999"
                            + "\tlast"),
            view -> assertThat(view).isEqualTo(refused),
            last -> assertThat(last).isEqualTo(refused),
            tail -> assertThat(tail).endsWith("exact last"));
  }

  @Test
  void neitherShowsNorChangesInvalidUtf8AsText() throws Exception {
    byte[] invalid = "needle \u00ff\u00fe\u00c0\u00af\u00ed\u00a0\u0080\n".getBytes(ISO_8859_1);
    for (String name : List.of("bad", "notes.md", ".homeport/memory/bad")) {
      Files.write(root.resolve(name), invalid);
    }

    List<String> answers =
        answers(
            List.of(),
            "read",
            "bad",
            "edit",
            "bad",
            "view",
            "/memories/bad",
            "replace",
            "/memories/bad",
            "insert",
            "/memories/bad",
            "note",
            "-");

    assertThat(answers)
        .satisfiesExactly(
            read -> assertThat(read).startsWith("text 0-15 of 15 inexact needle \ufffd"),
            edit -> assertThat(edit).startsWith("NOT_A_FILE bad is not valid UTF-8 text"),
            view -> assertThat(view).isEqualTo("refused Unsupported file type for /memories/bad"),
            replace ->
                assertThat(replace).isEqualTo("refused Unsupported file type for /memories/bad"),
            insert ->
                assertThat(insert).isEqualTo("refused Unsupported file type for /memories/bad"),
            note -> assertThat(note).isEqualTo("noted in notes.md"));
    assertThat(Files.readAllBytes(root.resolve("bad"))).isEqualTo(invalid);
    assertThat(Files.readAllBytes(memory.resolve("bad"))).isEqualTo(invalid);
    assertThat(Files.readAllBytes(root.resolve("notes.md"))).startsWith(invalid);
  }

  private static final String[] MUCH = {
    "write", "a", "create", "/memories/a", "write-much", "a", "write-much", "new", "edit-much", "b",
    "create-much", "/memories/much", "note", "-", "read", "a", "read", "new", "view", "/memories/a",
    "view", "/memories/much", "leftovers", "-", "edit", "b"
  };

  private static void assertNothingWasLost(List<String> answers, String reason) {
    assertThat(answers)
        .satisfiesExactly(
            write -> assertThat(write).startsWith("CREATED"),
            create -> assertThat(create).startsWith("done File created"),
            overwrite -> assertThat(overwrite).startsWith("NO_SPACE " + reason),
            fresh -> assertThat(fresh).startsWith("NO_SPACE " + reason),
            edit -> assertThat(edit).startsWith("NO_SPACE " + reason),
            much -> assertThat(much).startsWith("refused " + reason),
            note -> assertThat(note).isNotEmpty(),
            read -> assertThat(read).isEqualTo("text 0-4 of 4 exact new|"),
            none -> assertThat(none).startsWith("NOT_FOUND new does not exist"),
            view -> assertThat(view).contains("     1\tnew"),
            missing -> assertThat(missing).contains("does not exist"),
            leftovers -> assertThat(leftovers).isEqualTo("leftovers "),
            small -> assertThat(small).startsWith("UPDATED"));
  }

  /// A file system of one megabyte, mounted where nobody but the child sees it. That needs what
  /// bubblewrap needs: root, or namespaces that users may make.
  @Test
  @Tag("bubblewrap")
  void saysThatTheDiskIsFullAndLosesNothing() throws Exception {
    var prefix = new ArrayList<>(List.of("unshare", "--mount"));
    if (!ChildJvm.isRoot()) {
      prefix.add("--map-root-user");
    }
    prefix.addAll(
        List.of(
            "sh",
            "-c",
            "mount -t tmpfs -o size=1m none \"$0\" && echo needle > \"$0/b\" && exec \"$@\"",
            root.toString()));

    List<String> answers = answers(prefix, MUCH);

    assertNothingWasLost(answers, FULL);
    assertThat(answers.get(6)).isEqualTo("noted in notes.md");
    assertThat(root.resolve("b")).doesNotExist();
  }

  /// A limit on the size of files, which any user may set, ends writes in their middle as well.
  @Test
  void saysThatAFileIsOverTheLimitOfTheProcessAndLosesNothing() throws Exception {
    Files.writeString(root.resolve("b"), "needle\n");

    List<String> answers = answers(List.of("prlimit", "--fsize=65536", "--"), MUCH);

    assertNothingWasLost(answers, LIMITED);
    assertThat(answers.get(6)).startsWith("NO_SPACE " + LIMITED);
    assertThat(root.resolve("notes.md")).doesNotExist();
  }

  @Test
  void readsButDoesNotWriteInAReadOnlyDirectory() throws Exception {
    for (String name : List.of("a", "notes.md", ".homeport/memory/a")) {
      Files.writeString(root.resolve(name), "needle\n");
    }
    Path classes = Files.createDirectory(temporary.resolve("classes"));
    permit(classes, "rwxr-xr-x");
    for (Path directory : List.of(root, root.resolve(".homeport"), memory)) {
      permit(directory, "r-xr-xr-x");
    }
    String[] operations = {
      "read",
      "a",
      "write",
      "a",
      "write",
      "new",
      "edit",
      "a",
      "move",
      "a",
      "view",
      "/memories/a",
      "create",
      "/memories/new",
      "replace",
      "/memories/a",
      "insert",
      "/memories/a",
      "rename",
      "/memories/a",
      "delete",
      "/memories/a",
      "note",
      "-",
      "leftovers",
      "-"
    };
    var arguments = new ArrayList<>(List.of(root.toString()));
    arguments.addAll(List.of(operations));

    List<String> answers =
        lines(
            ChildJvm.startUnprivileged(classes, EdgeChild.class, arguments.toArray(String[]::new)),
            operations.length / 2);
    permit(root, "rwxr-xr-x");
    permit(root.resolve(".homeport"), "rwxr-xr-x");
    permit(memory, "rwxr-xr-x");

    assertThat(answers.get(0)).isEqualTo("text 0-7 of 7 exact needle|");
    assertThat(answers.get(5)).startsWith("done Here's the content of /memories/a");
    assertThat(answers.subList(1, 5)).allSatisfy(a -> assertThat(a).startsWith("DENIED " + DENIED));
    assertThat(answers.subList(6, 11))
        .allSatisfy(a -> assertThat(a).startsWith("refused " + DENIED));
    assertThat(answers.get(11)).startsWith("DENIED " + DENIED);
    assertThat(answers.get(12)).isEqualTo("leftovers ");
    assertThat(memory.resolve("a")).hasContent("needle\n");
  }

  private static void permit(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }
}
