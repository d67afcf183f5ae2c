package dev.homeport.claude;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.homeport.claude.ClaudeMemory.Reason;
import dev.homeport.claude.ClaudeMemory.Skipped;
import dev.homeport.claude.ClaudePiece.Scope;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ClaudeImportsTest {
  @TempDir Path temporary;
  Path root;
  Path home;

  @BeforeEach
  void open() throws IOException {
    root = Files.createDirectory(temporary.resolve("project")).toRealPath();
    home = Files.createDirectory(temporary.resolve("home")).toRealPath();
  }

  private void file(String path, String text) throws IOException {
    Path file = temporary.resolve(path);
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, text);
  }

  private void link(String path, String target) throws IOException {
    Path link = temporary.resolve(path);
    Files.createDirectories(link.resolveSibling(""));
    Files.createSymbolicLink(link, Path.of(target));
  }

  private ClaudeMemory resolve(Path... approved) throws IOException {
    var roots = new ClaudeRoots(null, home.resolve(".claude"));
    return ClaudeResolver.of(Workspace.open(root), roots, new ApprovedImports(List.of(approved)))
        .resolve(WorkspacePath.ROOT);
  }

  private static List<String> sources(ClaudeMemory memory) {
    return memory.pieces().stream().map(ClaudePiece::source).toList();
  }

  @Test
  void importsWhatTheUserApprovedAndNothingElse() throws IOException {
    file("project/CLAUDE.md", "@~/notes/a.md @../team/rules.md @../team/other.md @../x/y.md");
    file("home/notes/a.md", "@deep/b.md @../private.md");
    file("home/notes/deep/b.md", "b");
    file("home/private.md", "private");
    file("team/rules.md", "rules @other.md");
    file("team/other.md", "other");
    file("x/y.md", "y");

    ClaudeMemory memory = resolve(home.resolve("notes"), temporary.resolve("team/rules.md"));

    assertThat(memory.pieces())
        .extracting(ClaudePiece::scope, ClaudePiece::source, ClaudePiece::importedBy)
        .containsExactly(
            tuple(Scope.PROJECT, "CLAUDE.md", null),
            tuple(Scope.PROJECT, "~/notes/a.md", "CLAUDE.md"),
            tuple(Scope.PROJECT, "~/notes/deep/b.md", "~/notes/a.md"),
            tuple(Scope.PROJECT, "../team/rules.md", "CLAUDE.md"));
    assertThat(memory.skipped())
        .containsExactly(
            new Skipped("../private.md", "~/notes/a.md", Reason.NEEDS_APPROVAL),
            new Skipped("other.md", "../team/rules.md", Reason.NEEDS_APPROVAL),
            new Skipped("../team/other.md", "CLAUDE.md", Reason.NEEDS_APPROVAL),
            new Skipped("../x/y.md", "CLAUDE.md", Reason.NEEDS_APPROVAL));
    assertThat(memory.toString()).doesNotContain(temporary.toString());
  }

  @Test
  void importsByAbsolutePath() throws IOException {
    file("project/CLAUDE.md", "@" + root + "/docs/a.md @" + temporary.toRealPath() + "/team/b.md");
    file("project/docs/a.md", "a");
    file("team/b.md", "b");
    file("home/.claude/CLAUDE.md", "@~/.claude/mine.md @" + root + "/docs/a.md");
    file("home/.claude/mine.md", "mine");

    assertThat(sources(resolve(temporary.toRealPath().resolve("team"))))
        .containsExactly(
            "~/.claude/CLAUDE.md", "~/.claude/mine.md", "docs/a.md", "CLAUDE.md", "../team/b.md");
  }

  @Test
  void aProjectReadsTheUsersFilesOnlyIfApproved() throws IOException {
    file("project/CLAUDE.md", "@~/.claude/mine.md");
    file("home/.claude/mine.md", "mine");

    assertThat(resolve().skipped())
        .containsExactly(new Skipped("~/.claude/mine.md", "CLAUDE.md", Reason.NEEDS_APPROVAL));
    assertThat(sources(resolve(home.resolve(".claude/mine.md"))))
        .containsExactly("CLAUDE.md", "~/.claude/mine.md");
  }

  @Test
  void followsLinksOnlyToWhereReadingIsAllowed() throws IOException {
    file("project/shared/claude/CLAUDE.md", "shared");
    file("project/shared/claude/rules/a.md", "rule");
    link("project/.claude", "shared/claude");
    link("project/CLAUDE.md", "one.md");
    link("project/one.md", "two.md");
    file("project/two.md", "@docs/a.md @loop.md @dead.md @out/c.md");
    link("project/docs", "shared/docs");
    file("project/shared/docs/a.md", "a @../../b.md");
    file("project/b.md", "b");
    link("project/loop.md", "loop.md");
    link("project/dead.md", "nowhere.md");
    link("project/out", temporary.toRealPath() + "/elsewhere");
    file("elsewhere/c.md", "c");

    ClaudeMemory memory = resolve();

    assertThat(sources(memory))
        .containsExactly(
            "two.md",
            "shared/docs/a.md",
            "b.md",
            "shared/claude/CLAUDE.md",
            "shared/claude/rules/a.md");
    assertThat(memory.skipped())
        .containsExactly(
            new Skipped("loop.md", "two.md", Reason.UNREADABLE),
            new Skipped("dead.md", "two.md", Reason.MISSING),
            new Skipped("out/c.md", "two.md", Reason.NEEDS_APPROVAL));
    assertThat(sources(resolve(temporary.toRealPath().resolve("elsewhere"))))
        .contains("../elsewhere/c.md");
  }

  @Test
  void tellsOfStandardFilesThatLeadOutOfTheWorkspace() throws IOException {
    file("elsewhere/rules/a.md", "a");
    link("project/.claude", "../elsewhere");
    link("project/AGENTS.md", "../agents.md");

    ClaudeMemory memory = resolve();

    assertThat(memory.pieces()).isEmpty();
    assertThat(memory.skipped())
        .extracting(Skipped::source, Skipped::reason)
        .containsExactly(
            tuple(".claude/CLAUDE.md", Reason.NEEDS_APPROVAL),
            tuple("AGENTS.md", Reason.NEEDS_APPROVAL),
            tuple(".claude/rules", Reason.NEEDS_APPROVAL));
  }

  @Test
  void readsRulesThatAreSharedThroughLinks() throws IOException {
    file("home/shared/rules/team.md", "team");
    file("project/docs/style.md", "style");
    link("project/.claude/rules/shared", home + "/shared/rules");
    link("project/.claude/rules/style.md", "../../docs/style.md");
    link("project/.claude/rules/again", ".");

    assertThat(sources(resolve(home.resolve("shared"))))
        .containsExactly("~/shared/rules/team.md", "docs/style.md");
    assertThat(resolve().skipped())
        .containsExactly(new Skipped("shared", ".claude/rules/shared", Reason.NEEDS_APPROVAL));
  }

  @Test
  void countsTheShortestWayToAFile() throws IOException {
    file("project/CLAUDE.md", "@1.md @4.md");
    for (int i = 1; i <= 9; i++) {
      file("project/" + i + ".md", "@" + (i + 1) + ".md");
    }
    file("project/AGENTS.md", "@8.md");

    ClaudeMemory memory = resolve();

    assertThat(sources(memory))
        .containsExactly(
            "CLAUDE.md",
            "1.md",
            "2.md",
            "3.md",
            "4.md",
            "5.md",
            "6.md",
            "7.md",
            "AGENTS.md",
            "8.md",
            "9.md");
    assertThat(memory.skipped()).containsExactly(new Skipped("10.md", "9.md", Reason.MISSING));
  }

  @Test
  void endsWhereFilesImportOneAnother() throws IOException {
    file("project/CLAUDE.md", "@CLAUDE.md @a.md");
    file("project/a.md", "@b.md @a.md @./CLAUDE.md");
    file("project/b.md", "@a.md @CLAUDE.md");

    ClaudeMemory memory = resolve();

    assertThat(sources(memory)).containsExactly("CLAUDE.md", "a.md", "b.md");
    assertThat(memory.skipped()).isEmpty();
  }

  @Test
  void skipsLargeFilesAndSaysSo() throws IOException {
    file("project/CLAUDE.md", "@full.md @over.md @binary.md @latin1.md");
    file("project/full.md", "x".repeat(ClaudeResolver.MAX_BYTES));
    file("project/over.md", "x".repeat(ClaudeResolver.MAX_BYTES + 1));
    file("project/binary.md", "a\0b");
    Files.write(root.resolve("latin1.md"), new byte[] {'a', (byte) 0xe9});

    ClaudeMemory memory = resolve();

    assertThat(memory.pieces())
        .extracting(ClaudePiece::source, ClaudePiece::characters)
        .contains(tuple("full.md", ClaudeResolver.MAX_BYTES));
    assertThat(memory.skipped())
        .extracting(Skipped::target, Skipped::reason)
        .containsExactly(
            tuple("over.md", Reason.TOO_LARGE),
            tuple("binary.md", Reason.NOT_TEXT),
            tuple("latin1.md", Reason.NOT_TEXT));
  }

  @Test
  void stopsBeforeItHoldsTooMuch() throws IOException {
    file("project/CLAUDE.md", "@1.md @2.md @3.md @4.md @5.md");
    for (int i = 1; i <= 5; i++) {
      file("project/" + i + ".md", "x".repeat(ClaudeResolver.MAX_BYTES));
    }

    assertThat(resolve().skipped()).containsExactly(new Skipped("5.md", "5.md", Reason.TOO_MUCH));
  }

  @Test
  void leavesCommentsForPeopleOut() throws IOException {
    String kept =
        """
        ```
        <!-- kept -->
        ```
        B <!-- kept --> @b.md
        <!-- open
        """;
    file("project/CLAUDE.md", "\uFEFFA\n<!-- note\n@a.md\n-->\n" + kept);
    file("project/a.md", "a");
    file("project/b.md", "b");

    ClaudeMemory memory = resolve();

    assertThat(sources(memory)).containsExactly("CLAUDE.md", "b.md");
    assertThat(memory.pieces().getFirst().text()).isEqualTo("A\n" + kept);
  }

  @Test
  void findsImportsOnlyWhereTheyAreMeant() {
    assertThat(ImportScanner.scan("@a.md\r\n- @b\\ c.md, (see @d.md) and @e.md#part.\t@f/g"))
        .containsExactly("a.md", "b c.md", "d.md", "e.md", "f/g");
    assertThat(ImportScanner.scan("Use `two\nlines @a.md` here @b.md")).containsExactly("b.md");
    assertThat(ImportScanner.scan("```js @a.md``` is no fence\n@b.md")).containsExactly("b.md");
    assertThat(ImportScanner.scan("> ```\n> @a.md\n\n@b.md")).containsExactly("b.md");
    assertThat(ImportScanner.scan("~~~ `x`\n@a.md\n~~~~\n@b.md")).containsExactly("b.md");
    assertThat(ImportScanner.scan("a ` tick @a.md\n\nanother ` tick")).containsExactly("a.md");
    assertThat(ImportScanner.scan("---\nx: @a.md\n---\n@b.md")).containsExactly("b.md");
    assertThat(ImportScanner.scan("@\"a b.md\" \"@c.md\" x@d.md @ @@e.md @#x **@f.md**")).isEmpty();
  }

  @Test
  @Timeout(30)
  void scansInTimeInProportionToTheLength() {
    assertThat(ImportScanner.scan("a\n\n".repeat(1_000_000))).isEmpty();
    assertThat(ImportScanner.scan("@ ` @\n".repeat(500_000))).isEmpty();
    String many =
        IntStream.range(0, 100_000).mapToObj(i -> "@" + i).collect(Collectors.joining(" "));
    assertThat(ImportScanner.scan(many)).hasSize(ImportScanner.MOST).startsWith("0", "1");
  }

  @Test
  void readsApprovedImportsFromAList() {
    assertThat(ApprovedImports.parse("~/notes: /opt/team/../rules.md ::x:/", Path.of("/home/ada")))
        .isEqualTo(
            new ApprovedImports(List.of(Path.of("/home/ada/notes"), Path.of("/opt/rules.md"))));
    assertThat(ApprovedImports.parse("", Path.of("/home/ada"))).isEqualTo(ApprovedImports.NONE);
    assertThatThrownBy(() -> new ApprovedImports(List.of(Path.of("x"))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
