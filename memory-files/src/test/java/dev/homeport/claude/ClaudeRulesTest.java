package dev.homeport.claude;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.claude.ClaudeMemory.ConditionalRule;
import dev.homeport.workspace.PathGlob;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClaudeRulesTest {
  @TempDir Path temporary;
  Path root;

  @BeforeEach
  void open() throws IOException {
    root = Files.createDirectory(temporary.resolve("project"));
  }

  private void file(String path, String text) throws IOException {
    Path file = temporary.resolve(path);
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, text);
  }

  private ClaudeMemory resolve(String directory, String... touched) throws IOException {
    var paths = new ArrayList<WorkspacePath>();
    for (String path : touched) {
      paths.add(WorkspacePath.parse(path));
    }
    var roots = new ClaudeRoots(null, temporary.resolve("home/.claude"));
    return ClaudeResolver.of(Workspace.open(root), roots)
        .resolve(WorkspacePath.parse(directory), paths);
  }

  private static List<String> sources(ClaudeMemory memory) {
    return memory.pieces().stream().map(ClaudePiece::source).toList();
  }

  @Test
  void loadsARuleWithGlobsOnlyForAFileThatFits() throws IOException {
    file("project/.claude/rules/always.md", "always");
    file("project/.claude/rules/sub/api.md", "---\npaths: src/api/**/*.ts\n---\nAPI @../x.md");
    file("project/.claude/rules/x.md", "---\npaths: x\n---\nx");
    file("home/.claude/rules/mine.md", "---\npaths:\n  - \"**/*.ts\"\n---\nmine");

    assertThat(sources(resolve("."))).containsExactly(".claude/rules/always.md");
    assertThat(resolve(".").conditional())
        .containsExactly(
            new ConditionalRule("~/.claude/rules/mine.md", List.of("**/*.ts")),
            new ConditionalRule(".claude/rules/sub/api.md", List.of("src/api/**/*.ts")),
            new ConditionalRule(".claude/rules/x.md", List.of("x")));
    assertThat(sources(resolve(".", "src/ui/a.ts", "README.md")))
        .containsExactly("~/.claude/rules/mine.md", ".claude/rules/always.md");
    ClaudeMemory api = resolve(".", "src/api/v1/a.ts");
    assertThat(sources(api))
        .containsExactly(
            "~/.claude/rules/mine.md",
            ".claude/rules/always.md",
            ".claude/rules/sub/api.md",
            ".claude/rules/x.md");
    assertThat(api.conditional()).isEmpty();
  }

  @Test
  void globsAreRelativeToTheDirectoryOfTheRules() throws IOException {
    file("project/web/.claude/rules/a.md", "---\npaths: src/*.ts\n---\nA");
    file("project/web/CLAUDE.md", "web");

    assertThat(sources(resolve("web", "web/src/a.ts")))
        .containsExactly("web/CLAUDE.md", "web/.claude/rules/a.md");
    assertThat(sources(resolve("web", "src/a.ts"))).containsExactly("web/CLAUDE.md");
  }

  @Test
  void readsTheInstructionsOfDirectoriesThatAreTouched() throws IOException {
    file("project/CLAUDE.md", "root");
    file("project/a/CLAUDE.md", "a");
    file("project/b/c/CLAUDE.md", "c");
    file("project/b/c/CLAUDE.local.md", "c local");

    assertThat(sources(resolve("a"))).containsExactly("CLAUDE.md", "a/CLAUDE.md");
    assertThat(sources(resolve("a", "b/c/new.txt")))
        .containsExactly("CLAUDE.md", "a/CLAUDE.md", "b/c/CLAUDE.md", "b/c/CLAUDE.local.md");
  }

  private static boolean matches(String glob, String path) {
    return PathGlob.matchesAny(List.of(glob), List.of(path.split("/")));
  }

  @Test
  void globsFitWhatTheySay() {
    assertThat(matches("**/*.ts", "a.ts")).isTrue();
    assertThat(matches("**/*.ts", "x/y/a.ts")).isTrue();
    assertThat(matches("src/**/*", "src/a")).isTrue();
    assertThat(matches("src/**", "src/a/b")).isTrue();
    assertThat(matches("src/**", "lib/a")).isFalse();
    assertThat(matches("*.md", "README.md")).isTrue();
    assertThat(matches("*.md", "docs/README.md")).isFalse();
    assertThat(matches("/src/*.{ts,tsx}", "src/a.tsx")).isTrue();
    assertThat(matches("{src,lib}/**/*.{t,j}s", "lib/x/a.js")).isTrue();
    assertThat(matches("{a,b{c,d}}", "bd")).isTrue();
    assertThat(matches("src", "src/x/y")).isTrue();
    assertThat(matches("src/", "src/x")).isTrue();
    assertThat(matches("src/*", "src/x/y")).isFalse();
    assertThat(matches("a?[b-d][!x]*\\*", "azcy**")).isTrue();
    assertThat(matches("a?[b-d][!x]", "azex")).isFalse();
    assertThat(matches("a{b", "a{b")).isTrue();
    assertThat(matches("", "a")).isFalse();
    assertThat(PathGlob.matchesAny(List.of("src/**", "!src/gen/**"), List.of("src", "gen", "a")))
        .isFalse();
    assertThat(PathGlob.matchesAny(List.of("src/**", "!src/gen/**"), List.of("src", "a"))).isTrue();
  }

  @Test
  void globsCannotTakeLong() {
    String name = "a".repeat(200);

    assertThat(matches("*a".repeat(90) + "b", name)).isFalse();
    assertThat(matches("**/".repeat(100) + "b", String.join("/", "a".repeat(400).split(""))))
        .isFalse();
    assertThat(matches("{a,b}".repeat(60), name)).isFalse();
  }
}
