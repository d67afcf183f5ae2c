package dev.homeport.server.skills;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.server.protocol.Asked;
import dev.homeport.server.tool.Lazy;
import dev.homeport.skills.SkillCatalog;
import dev.homeport.skills.SkillHost;
import dev.homeport.skills.SkillReview;
import dev.homeport.skills.SkillsConfig;
import dev.homeport.skills.usage.SkillUsage;
import dev.homeport.skills.usage.UsageReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SkillPromptsTest {
  @TempDir Path temporary;
  final CountDownLatch told = new CountDownLatch(1);
  Lazy<SkillCatalog> catalog;
  SkillPrompts prompts;

  @BeforeEach
  void setUp() throws IOException {
    skill("brew", "argument-hint: \"[sort]\"");
    skill("quiet", "user-invocable: false");
    skill("plan-task", "license: MIT");
    skill("ritual", "disable-model-invocation: true");
    var config = SkillsConfig.standard(temporary.resolve("workspace"), temporary.resolve("home"));
    catalog = Lazy.of(() -> SkillCatalog.open(config, new SkillHost("linux", Map.of())));
    Map<String, Object> own = Map.of("name", "plan-task");
    prompts =
        new SkillPrompts(new OpenSkills(catalog, told::countDown), usage(), () -> List.of(own));
  }

  @Test
  void listsSkillsThatUsersMayInvokeOnceTheyWereLookedFor() throws Exception {
    assertThat(names()).containsExactly("plan-task");
    assertThat(told.await(30, TimeUnit.SECONDS)).isTrue();

    assertThat(names()).containsExactly("plan-task", "brew", "ritual");
    assertThat(ask("prompts/list", Map.of()).at("/result/prompts/1"))
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    """
                    {"name": "brew", "description": "Does brew",
                     "arguments": [
                       {"name": "arguments", "description": "[sort]", "required": false}]}
                    """));
  }

  private SkillUsage usage() {
    return SkillUsage.in(temporary.resolve("stats"), InstantSource.system());
  }

  @Test
  void givesTheSkillWithItsArguments() throws IOException {
    JsonNode message =
        ask("prompts/get", Map.of("name", "brew", "arguments", Map.of("arguments", "green")))
            .at("/result/messages/0");

    assertThat(message.path("role").asString()).isEqualTo("user");
    assertThat(message.at("/content/text").asString())
        .startsWith("<skill_content name=\"brew\"")
        .contains("Brew green.");
    assertThat(usage().report().skills()).containsExactly(new UsageReport.Row("brew", 0, 1, 0));
  }

  @Test
  void saysWhyItDoesNotGiveASkill() throws Exception {
    catalog
        .get()
        .reviewedBy(_ -> new SkillReview.Verdict(Optional.of("Look at it first."), List.of()));

    assertThat(ask("prompts/get", Map.of("name", "brew")).at("/error/message").asString())
        .isEqualTo("brew is in quarantine. Look at it first.");
  }

  @Test
  void leavesOtherPromptsToOthers() {
    for (String name : List.of("plan-task", "quiet", "none")) {
      assertThat(Asked.of(prompts, "prompts/get", Map.of("name", name))).isEmpty();
    }
    assertThat(Asked.of(prompts, "prompts/get", Map.of())).isEmpty();
    assertThat(Asked.of(prompts, "tools/list", Map.of())).isEmpty();
  }

  private List<String> names() {
    return ask("prompts/list", Map.of())
        .at("/result/prompts")
        .valueStream()
        .map(prompt -> prompt.path("name").asString())
        .toList();
  }

  private JsonNode ask(String method, Map<String, Object> params) {
    return Asked.of(prompts, method, params).orElseThrow();
  }

  private void skill(String name, String field) throws IOException {
    Path skill =
        Files.createDirectories(temporary.resolve("workspace/.claude/skills").resolve(name));
    Files.writeString(
        skill.resolve("SKILL.md"),
        "---\nname: %s\ndescription: Does %s\n%s\n---\nBrew $ARGUMENTS.\n"
            .formatted(name, name, field));
  }
}
