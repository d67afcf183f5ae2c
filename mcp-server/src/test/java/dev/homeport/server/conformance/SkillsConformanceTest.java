package dev.homeport.server.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.server.mcp.McpServers;
import dev.homeport.server.mcp.Surface;
import dev.homeport.server.skills.SkillServing;
import dev.homeport.server.skills.SkillsExtension;
import dev.homeport.server.tool.Lazy;
import dev.homeport.server.tool.ResultSink;
import dev.homeport.server.tool.ToolContext;
import dev.homeport.server.tool.ToolRegistry;
import dev.homeport.server.transport.HttpTransport;
import dev.homeport.skills.SkillCatalog;
import dev.homeport.skills.SkillHost;
import dev.homeport.skills.SkillsConfig;
import dev.homeport.skills.usage.SkillUsage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The scenarios of the official conformance suite for the Skills extension.
@Tag("node")
class SkillsConformanceTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({"enumeration, 30", "manifest, 6", "directory, 7"})
  void passesEveryCheck(String scenario, int checks) throws Exception {
    writeSkills(directory.resolve("workspace/.claude/skills"));
    var roots = SkillsConfig.standard(directory.resolve("workspace"), directory.resolve("home"));
    var catalog = SkillCatalog.open(roots, SkillHost.current());
    Lazy<SkillCatalog> skills = Lazy.of(() -> catalog);
    skills.get();
    var usage = SkillUsage.in(directory.resolve("stats"), InstantSource.system());
    var serving = new SkillServing(true, skills, usage, new SkillServing.OfSdk(List::of, List::of));
    try (var http = new HttpTransport(0, serving.methods())) {
      var server = McpServers.start(http.provider(), surface(), "1");
      http.start();

      String output =
          ConformanceSuite.pass(
              http,
              directory.resolve("results"),
              "--scenario",
              "sep-2640-skills-" + scenario,
              "--spec-version",
              "2025-11-25",
              "--force"); // an extension is on no revision's list
      server.close();

      assertThat(output).contains(checks + "/" + checks);
    }
  }

  private static Surface surface() {
    return new Surface(
        ToolRegistry.of(
            Map.of(), ToolRegistry.Selection.ALL, (_, _) -> new ResultSink.Stored("r", "r")),
        (client, meta, progress) -> new ToolContext((_, _) -> "s-1", client, meta, progress),
        List.of(),
        () -> "test",
        Map.of(SkillsExtension.ID, SkillsExtension.CAPABILITY));
  }

  private static void writeSkills(Path root) throws IOException {
    for (int i = 0; i < 120; i++) {
      String name = "skill-%03d".formatted(i);
      Path skill = Files.createDirectories(root.resolve(name));
      Files.writeString(
          skill.resolve("SKILL.md"),
          "---\nname: %s\ndescription: Number %d\nmetadata:\n  author: us\n---\n# Body\n"
              .formatted(name, i));
      Files.createDirectories(skill.resolve("references"));
      Files.writeString(skill.resolve("references/a.md"), "# A\n");
    }
  }
}
