package dev.homeport.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The official TypeScript `SkillsClient` in strict mode over thousands of messy skills.
@Tag("node")
class SkillsClientTest {
  private static final int SKILLS = 2_200;

  @TempDir Path directory;

  @Test
  void verifiesEveryFileOfThousandsOfMessySkills() throws Exception {
    MessySkills.write(directory.resolve("workspace/.claude/skills"), SKILLS);
    Path server = NodeEngine.serverProgram(directory, directory.resolve("workspace"));

    NodeEngine.Run run = NodeEngine.run("skills-client.mjs", server.toString());

    assertThat(run.exitCode()).as(run.output()).isZero();
    JsonNode answer = JsonMapper.shared().readTree(run.output());
    assertThat(answer.get("supported").asBoolean()).isTrue();
    assertThat(answer.get("directoryRead").asBoolean()).isTrue();
    assertThat(answer.get("unknown").asInt()).isEqualTo(-32602);
    assertThat(answer.get("skills").size()).isEqualTo(SKILLS);
    assertThat(answer.get("files").asInt()).isEqualTo(SKILLS + 5 * ((SKILLS + 6) / 7));
  }
}
