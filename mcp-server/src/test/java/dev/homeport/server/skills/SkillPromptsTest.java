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
    assertThat(names()).containsExactly("plan-task", "skill");
    assertThat(told.await(30, TimeUnit.SECONDS)).isTrue();

    assertThat(names()).containsExactly("plan-task", "skill", "brew", "ritual");
    assertThat(ask("prompts/list", Map.of()).at("/result/prompts/2"))
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
  void givesAnySkillByItsName() {
    Map<String, String> arguments = Map.of("name", "brew", "arguments", "green");

    assertThat(
            ask("prompts/get", Map.of("name", "skill", "arguments", arguments))
                .at("/result/messages/0/content/text")
                .asString())
        .contains("Brew green.");
    assertThat(refusal(Map.of())).endsWith("the argument `name` is missing");
    assertThat(refusal(Map.of("name", "quiet"))).endsWith("there is no skill `quiet`");
  }

  private String refusal(Map<String, String> arguments) {
    return ask("prompts/get", Map.of("name", "skill", "arguments", arguments))
        .at("/error/message")
        .asString();
  }

  @Test
  void listsWhatIsInQuarantineWithoutItsOwnWords() throws Exception {
    catalog
        .get()
        .reviewedBy(_ -> new SkillReview.Verdict(Optional.of("Look at it first."), List.of()));

    assertThat(ask("prompts/list", Map.of()).at("/result/prompts/2"))
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    """
                    {"name": "brew", "arguments": [],
                     "description": "In quarantine: `homeport skills list` tells why"}
                    """));
  }

  @Test
  void completesTheNamesOfSkillsThatUsersMayInvoke() {
    assertThat(completions("skill", "name", "", Map.of())).containsExactly("brew", "ritual");
    assertThat(completions("skill", "name", "B", Map.of())).containsExactly("brew");
  }

  @Test
  void completesTheWordsThatTheHintOfASkillNames() throws IOException {
    skill("deploy", "argument-hint: \"[staging|production] [--dry-run]\"");

    assertThat(completions("deploy", "arguments", "", Map.of()))
        .containsExactly("production", "staging");
    assertThat(completions("deploy", "arguments", "staging --", Map.of()))
        .containsExactly("staging --dry-run");
    assertThat(completions("skill", "arguments", "prod", Map.of("name", "deploy")))
        .containsExactly("production");
    assertThat(completions("skill", "arguments", "prod", Map.of())).isEmpty();
    assertThat(completions("brew", "arguments", "", Map.of())).isEmpty();
  }

  @Test
  void proposesNothingThatASkillInQuarantineSays() throws Exception {
    skill("deploy", "argument-hint: \"[staging|production]\"");
    catalog
        .get()
        .reviewedBy(_ -> new SkillReview.Verdict(Optional.of("Look at it first."), List.of()));

    assertThat(completions("deploy", "arguments", "", Map.of())).isEmpty();
  }

  @Test
  void leavesTheCompletionOfOtherPromptsToOthers() {
    for (String name : List.of("plan-task", "none")) {
      assertThat(Asked.of(prompts, "completion/complete", completion(name, "a", "", Map.of())))
          .isEmpty();
    }
  }

  private List<String> completions(
      String prompt, String argument, String typed, Map<String, String> given) {
    return ask("completion/complete", completion(prompt, argument, typed, given))
        .at("/result/completion/values")
        .valueStream()
        .map(JsonNode::asString)
        .toList();
  }

  private static Map<String, Object> completion(
      String prompt, String argument, String typed, Map<String, String> given) {
    return Map.of(
        "ref", Map.of("type", "ref/prompt", "name", prompt),
        "argument", Map.of("name", argument, "value", typed),
        "context", Map.of("arguments", given));
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

  private JsonNode ask(String method, Map<String, ?> params) {
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
