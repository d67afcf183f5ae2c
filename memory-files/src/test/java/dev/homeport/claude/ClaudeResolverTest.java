package dev.homeport.claude;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.homeport.claude.ClaudeMemory.ConditionalRule;
import dev.homeport.claude.ClaudeMemory.Reason;
import dev.homeport.claude.ClaudeMemory.Skipped;
import dev.homeport.claude.ClaudePiece.Scope;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClaudeResolverTest {
  @TempDir Path temporary;
  Path root;

  @BeforeEach
  void open() throws IOException {
    root = Files.createDirectory(temporary.resolve("project")).toRealPath();
  }

  private void file(String path, String text) throws IOException {
    Path file = temporary.resolve(path);
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, text);
  }

  private ClaudeMemory resolve(String directory) throws IOException {
    var roots =
        new ClaudeRoots(temporary.resolve("managed/CLAUDE.md"), temporary.resolve("home/.claude"));
    Workspace workspace = Workspace.open(root);
    return ClaudeResolver.of(workspace, roots).resolve(WorkspacePath.parse(directory));
  }

  private static List<String> sources(ClaudeMemory memory) {
    return memory.pieces().stream().map(ClaudePiece::source).toList();
  }

  @Test
  void readsFromTheGeneralToTheSpecific() throws IOException {
    file("managed/CLAUDE.md", "m");
    file("home/.claude/CLAUDE.md", "u");
    file("home/.claude/rules/style.md", "ur");
    file("project/CLAUDE.local.md", "l");
    file("project/CLAUDE.md", "p");
    file("project/AGENTS.md", "a");
    file("project/.claude/rules/sub/b.md", "r");
    file("project/src/CLAUDE.md", "s");
    file("project/other/CLAUDE.md", "o");

    ClaudeMemory memory = resolve("src/deep");

    assertThat(memory.pieces())
        .extracting(ClaudePiece::scope, ClaudePiece::source)
        .containsExactly(
            tuple(Scope.MANAGED, "managed/CLAUDE.md"),
            tuple(Scope.USER, "~/.claude/CLAUDE.md"),
            tuple(Scope.USER, "~/.claude/rules/style.md"),
            tuple(Scope.PROJECT, "CLAUDE.md"),
            tuple(Scope.PROJECT, "AGENTS.md"),
            tuple(Scope.PROJECT, ".claude/rules/sub/b.md"),
            tuple(Scope.LOCAL, "CLAUDE.local.md"),
            tuple(Scope.PROJECT, "src/CLAUDE.md"));
    assertThat(memory.skipped()).isEmpty();
  }

  @Test
  void followsImportsFromTheImportingFileAndEachFileOnce() throws IOException {
    file("project/CLAUDE.md", "See @docs/a.md, and @AGENTS.md.");
    file("project/docs/a.md", "@b.md @../CLAUDE.md");
    file("project/docs/b.md", "@a.md\nend");
    file("project/AGENTS.md", "agents");

    ClaudeMemory memory = resolve(".");

    assertThat(memory.pieces())
        .extracting(ClaudePiece::source, ClaudePiece::importedBy)
        .containsExactly(
            tuple("CLAUDE.md", null),
            tuple("docs/a.md", "CLAUDE.md"),
            tuple("docs/b.md", "docs/a.md"),
            tuple("AGENTS.md", null));
    assertThat(memory.skipped()).isEmpty();
  }

  @Test
  void namesTheImporterOnTheShortestWay() throws IOException {
    file("project/CLAUDE.md", "@1.md @4.md");
    file("project/1.md", "@2.md");
    file("project/2.md", "@3.md");
    file("project/3.md", "@4.md");
    file("project/4.md", "@5.md");
    file("project/5.md", "end");

    ClaudeMemory memory = resolve(".");

    assertThat(memory.pieces())
        .extracting(ClaudePiece::source, ClaudePiece::importedBy)
        .containsExactly(
            tuple("CLAUDE.md", null),
            tuple("1.md", "CLAUDE.md"),
            tuple("2.md", "1.md"),
            tuple("3.md", "2.md"),
            tuple("4.md", "CLAUDE.md"),
            tuple("5.md", "4.md"));
    assertThat(memory.skipped()).isEmpty();
  }

  @Test
  void stopsAfterFourImports() throws IOException {
    file("project/CLAUDE.md", "@1.md");
    for (int i = 1; i <= 5; i++) {
      file("project/" + i + ".md", "@" + (i + 1) + ".md");
    }

    ClaudeMemory memory = resolve(".");

    assertThat(sources(memory)).containsExactly("CLAUDE.md", "1.md", "2.md", "3.md", "4.md");
    assertThat(memory.skipped()).containsExactly(new Skipped("5.md", "4.md", Reason.TOO_DEEP));
  }

  @Test
  void neverFollowsOutOfTheWorkspace() throws IOException {
    file("secret.md", "secret");
    file("project/CLAUDE.md", "@../secret.md @/etc/hosts @~/x.md @link.md");
    Files.createSymbolicLink(root.resolve("link.md"), Path.of("../secret.md"));

    ClaudeMemory memory = resolve(".");

    assertThat(sources(memory)).containsExactly("CLAUDE.md");
    assertThat(memory.skipped())
        .extracting(Skipped::target, Skipped::reason)
        .containsExactly(
            tuple("../secret.md", Reason.NEEDS_APPROVAL),
            tuple("/etc/hosts", Reason.NEEDS_APPROVAL),
            tuple("~/x.md", Reason.NEEDS_APPROVAL),
            tuple("link.md", Reason.NEEDS_APPROVAL));
  }

  @Test
  void followsALinkThatStaysInside() throws IOException {
    file("project/AGENTS.md", "agents");
    Files.createSymbolicLink(root.resolve("CLAUDE.md"), Path.of("AGENTS.md"));

    assertThat(sources(resolve("."))).containsExactly("AGENTS.md");
  }

  @Test
  void ignoresCodeAndWordsThatOnlyLookLikeImports() throws IOException {
    file(
        "project/CLAUDE.md",
        """
        Ask @ada, use `@a.md` and ``x ` @a.md``, mail me@a.md, install @types/node.
        ```
        @a.md
        ```
        ~~~~
        @a.md
        ~~~
        @a.md
        ~~~~
        Then @gone.md
        """);
    file("project/a.md", "a");

    ClaudeMemory memory = resolve(".");

    assertThat(sources(memory)).containsExactly("CLAUDE.md");
    assertThat(memory.skipped())
        .containsExactly(new Skipped("gone.md", "CLAUDE.md", Reason.MISSING));
  }

  @Test
  void listsRulesThatHoldOnlyForSomeFiles() throws IOException {
    file("project/.claude/rules/a.md", "---\npaths: **/*.{ts,tsx}, \"src/*\"\n---\n\nA");
    file("project/.claude/rules/b.md", "---\r\npaths:\r\n  - 'x/**'\r\n  - y\r\nz: 1\r\n---\r\nB");
    file("project/.claude/rules/c.md", "---\ntitle: c\n---\nC");

    ClaudeMemory memory = resolve(".");

    assertThat(memory.conditional())
        .containsExactly(
            new ConditionalRule(".claude/rules/a.md", List.of("**/*.{ts,tsx}", "src/*")),
            new ConditionalRule(".claude/rules/b.md", List.of("x/**", "y")));
    assertThat(memory.pieces())
        .extracting(ClaudePiece::source, ClaudePiece::text)
        .containsExactly(tuple(".claude/rules/c.md", "C"));
  }

  @Test
  void skipsWhatIsNoText() throws IOException {
    Files.write(root.resolve("CLAUDE.md"), new byte[] {(byte) 0xff, 0});

    assertThat(resolve(".").skipped())
        .containsExactly(new Skipped("CLAUDE.md", "CLAUDE.md", Reason.NOT_TEXT));
  }

  @Test
  void cutsTheLongestPiecesToFitTheBudget() throws IOException {
    file("project/CLAUDE.md", "x".repeat(1_000));
    file("project/AGENTS.md", "short");
    file("project/CLAUDE.local.md", "y".repeat(400));

    ClaudeMemory memory = resolve(".").within(605);

    assertThat(memory.pieces())
        .extracting(piece -> piece.text().length(), ClaudePiece::isCut)
        .containsExactly(tuple(300, true), tuple(5, false), tuple(300, true));
    assertThat(resolve(".").within(10_000)).isEqualTo(resolve("."));
    assertThat(resolve(".").within(0).pieces()).allMatch(piece -> piece.text().isEmpty());
  }
}
