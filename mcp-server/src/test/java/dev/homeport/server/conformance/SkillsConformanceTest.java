package dev.homeport.server.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.server.mcp.McpServers;
import dev.homeport.server.protocol.Changes;
import dev.homeport.server.protocol.ServerCard;
import dev.homeport.server.protocol.Surface;
import dev.homeport.server.skills.SkillServing;
import dev.homeport.server.tool.Lazy;
import dev.homeport.server.transport.Admission;
import dev.homeport.server.transport.HttpLane;
import dev.homeport.server.transport.HttpSettings;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The scenarios of the official conformance suite for the Skills extension.
@Tag("node")
class SkillsConformanceTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "enumeration, 30, 2025-11-25",
    "manifest, 6, 2025-11-25",
    "directory, 7, 2025-11-25",
    "enumeration, 32, 2026-07-28",
    "manifest, 6, 2026-07-28",
    "directory, 7, 2026-07-28"
  })
  void passesEveryCheck(String scenario, int checks, String revision) throws Exception {
    writeSkills(directory.resolve("workspace/.claude/skills"));
    var roots = SkillsConfig.standard(directory.resolve("workspace"), directory.resolve("home"));
    var catalog = SkillCatalog.open(roots, SkillHost.current());
    Lazy<SkillCatalog> skills = Lazy.of(() -> catalog);
    skills.get();
    var changes = new Changes();
    var usage = SkillUsage.in(directory.resolve("stats"), InstantSource.system());
    var serving =
        new SkillServing(true, skills, usage, new SkillServing.Others(List::of, List::of), changes);
    var card = new ServerCard("1", SkillServing.CHANGING, SkillServing.EXTENSIONS, () -> "test");
    var surface = new Surface(card, serving.methods(), changes);
    var lane = new HttpLane(surface);
    var server = McpServers.start(lane.provider(), surface);
    try (var http = new HttpTransport(HttpSettings.loopback(0), Admission.open(lane))) {
      http.start();

      String output =
          ConformanceSuite.pass(
              http,
              directory.resolve("results"),
              "--scenario",
              "sep-2640-skills-" + scenario,
              "--spec-version",
              revision,
              "--force"); // an extension is on no revision's list
      server.close();

      assertThat(output).contains(checks + "/" + checks);
    }
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
