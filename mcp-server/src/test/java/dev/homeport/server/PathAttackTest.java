package dev.homeport.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.server.tool.ToolResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// Every line of `attacks/paths.txt` with every tool that takes a path.
@Timeout(240)
class PathAttackTest {
  @TempDir Path temporary;
  private AttackGround ground;

  @BeforeEach
  void open() throws IOException, InterruptedException {
    ground = new AttackGround(temporary);
  }

  @AfterEach
  void close() {
    ground.close();
  }

  /// A line of the corpus.
  private record Attack(String expected, String path, String comment) {
    boolean mustFail(Probe probe) {
      return switch (expected) {
        case "refuse" -> probe.kind() == Probe.Kind.READ || probe.kind() == Probe.Kind.WRITE;
        case "own" -> isChange(probe);
        case "safe" -> false;
        default -> throw new IllegalArgumentException(expected);
      };
    }

    private static boolean isChange(Probe probe) {
      return probe.kind() == Probe.Kind.ENTRY || probe.kind() == Probe.Kind.WRITE;
    }
  }

  private List<Attack> corpus() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(PathAttackTest.class.getResourceAsStream("/attacks/paths.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(this::parse)
          .toList();
    }
  }

  private Attack parse(String line) {
    int space = line.indexOf(' ');
    int end = line.lastIndexOf("\" # ") + 1;
    String path = JsonMapper.shared().readValue(line.substring(space + 1, end), String.class);
    String filled =
        path.replace("${workspace}", ground.workspace.toString())
            .replace("${outside}", ground.outside.toString());
    int repeat = filled.indexOf("${repeat:");
    if (repeat >= 0) {
      int close = filled.indexOf('}', repeat);
      int colon = filled.lastIndexOf(':', close);
      String text = filled.substring(repeat + "${repeat:".length(), colon);
      int count = Integer.parseInt(filled.substring(colon + 1, close));
      filled = filled.substring(0, repeat) + text.repeat(count) + filled.substring(close + 1);
    }
    return new Attack(line.substring(0, space), filled, line.substring(end + 3));
  }

  @TestFactory
  Stream<DynamicTest> noLineOfTheCorpusGetsOut() throws IOException {
    List<Attack> corpus = corpus();
    assertThat(corpus).hasSizeGreaterThan(150);
    return corpus.stream()
        .map(attack ->
            DynamicTest.dynamicTest(
                attack.expected() + ": " + attack.comment(), () -> attack(attack)));
  }

  private void attack(Attack attack) throws Exception {
    List<Probe> probes =
        Stream.concat(Probe.all(attack.path()).stream(), Probe.memory(attack.path()).stream())
            .toList();
    for (Probe probe : probes) {
      ground.plant();
      ToolResult result = ground.call(probe);
      if (attack.mustFail(probe)) {
        assertThat(result.isError()).as("%s: %s", probe, result.text()).isTrue();
      }
      ground.assertNothingEscaped(probe.toString());
    }
  }

  /// Where tools read without being given a path, what is found there may be a link.
  @Test
  void followsNoLinkInPlacesThatToolsReadByThemselves() throws Exception {
    AttackGround.file(
        ground.outside.resolve("skill/SKILL.md"),
        "---\nname: evil\ndescription: " + AttackGround.SECRET + "\n---\n" + AttackGround.SECRET);
    ground.remember();
    Path secret = ground.outside.resolve("secret.txt");
    for (String place :
        List.of(
            "CLAUDE.md",
            "CLAUDE.local.md",
            "AGENTS.md",
            ".claude/CLAUDE.md",
            ".claude/rules/rule.md",
            ".homeport/memory/MEMORY.md",
            ".homeport/config.yaml",
            ".gitignore",
            ".ignore",
            "task_plan.md",
            "notes.md",
            ".planning/named/task_plan.md")) {
      Files.createDirectories(ground.workspace.resolve(place).getParent());
      Files.createSymbolicLink(ground.workspace.resolve(place), secret);
    }
    Files.createSymbolicLink(
        ground.workspace.resolve(".claude/skills/evil"), ground.outside.resolve("skill"));
    AttackGround.file(ground.workspace.resolve("sub/CLAUDE.md"), "@../../outside/secret.txt\n");

    for (Probe probe :
        List.of(
            other("wake", Map.of()),
            other("wake", Map.of("directory", "sub")),
            other("plan_get", Map.of()),
            other("plan_get", Map.of("task", "named")),
            other("plan_update", Map.of("operations", goal())),
            other("plan_update", Map.of("task", "named", "operations", goal())),
            other("note", Map.of("text", "x")),
            other("remember", fact()),
            other("skill_search", Map.of("query", "evil secret")),
            other("skill_load", Map.of("name", "evil")),
            other("skill_read", Map.of("name", "evil")),
            other("grep", Map.of("pattern", "secret-out", "everything", true)),
            other("glob", Map.of("pattern", "**", "everything", true)),
            other("search", Map.of("query", "the secret outside")))) {
      ground.call(probe);
      ground.assertNothingEscaped(probe.toString());
    }
  }

  private static Probe other(String tool, Map<String, ?> arguments) {
    return new Probe(tool, arguments, Probe.Kind.OTHER);
  }

  private static List<Map<String, String>> goal() {
    return List.of(Map.of("op", "set_goal", "text", "x"));
  }

  private static Map<String, String> fact() {
    return Map.of("name", "fact", "description", "x", "type", "project", "body", "x");
  }

  @Test
  void followsNoLinkInPlaceOfAStoredResult() throws Exception {
    ToolResult stored = ground.call(other("result_store", Map.of("content", "kept\n".repeat(20))));
    String id = stored.text().split(" ", -1)[2];
    Path file = ground.workspace.resolve(".homeport/results").resolve(id);
    Files.delete(file);
    Files.createSymbolicLink(file, ground.outside.resolve("secret.txt"));

    for (Map<String, ?> arguments :
        List.<Map<String, ?>>of(
            Map.of("id", id),
            Map.of("id", id, "line", 1),
            Map.of("id", id, "offset", 0),
            Map.of("id", id, "grep", "secret"))) {
      assertThat(ground.call(other("result_read", arguments)).isError()).isTrue();
    }
  }

  @Test
  void neitherLogsNorLocksThroughALink() throws Exception {
    Path own = ground.workspace.resolve(".homeport");
    Files.deleteIfExists(own.resolve("lock"));
    Files.createSymbolicLink(own.resolve("lock"), ground.outside.resolve("lock"));
    Files.move(own.resolve("sessions"), own.resolve("sessions-before"));
    Files.createSymbolicLink(own.resolve("sessions"), ground.outside);

    for (Probe probe :
        List.of(
            other("session_emit", Map.of("type", "x")),
            other("write_file", Map.of("path", "a", "content", "x")),
            other("remember", fact()))) {
      assertThat(ground.call(probe).isError()).as("%s", probe).isTrue();
      ground.assertNothingEscaped(probe.toString());
    }
    assertThat(Files.exists(ground.workspace.resolve("a"), LinkOption.NOFOLLOW_LINKS)).isFalse();
  }
}
