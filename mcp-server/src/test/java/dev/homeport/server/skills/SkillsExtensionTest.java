package dev.homeport.server.skills;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.server.protocol.Asked;
import dev.homeport.server.tool.Lazy;
import dev.homeport.skills.SkillCatalog;
import dev.homeport.skills.SkillHost;
import dev.homeport.skills.SkillReview;
import dev.homeport.skills.SkillsConfig;
import dev.homeport.workspace.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SkillsExtensionTest {
  private static final String TEXT = "---\nname: brew\ndescription: Brews tea.\n---\n# Steps\n";

  @TempDir Path temporary;
  Path skill;
  Lazy<SkillCatalog> skills;
  SkillsExtension extension;

  @BeforeEach
  void setUp() throws IOException {
    Path workspace = temporary.resolve("workspace");
    skill = Files.createDirectories(workspace.resolve(".claude/skills/brew"));
    Files.writeString(skill.resolve("SKILL.md"), TEXT);
    Files.createDirectories(skill.resolve("references/deep"));
    Files.writeString(skill.resolve("references/Q&A 1.md"), "# Q\n");
    Files.writeString(skill.resolve("references/deep/b.md"), "# B\n");
    Files.write(skill.resolve("a.bin"), new byte[] {(byte) 0xFF, 0});
    var config = SkillsConfig.standard(workspace, temporary.resolve("home"));
    var catalog = SkillCatalog.open(config, new SkillHost("linux", Map.of()));
    skills = Lazy.of(() -> catalog);
    Map<String, Object> own = Map.of("uri", "memory://index", "name", "memory-index");
    extension = new SkillsExtension(new OpenSkills(skills, () -> {}), () -> List.of(own));
  }

  @Test
  void listsSkillsWithFrontmatterAndDigests() {
    JsonNode entry = ask("skills/list", Map.of()).path("result").path("skills").get(0);

    assertThat(entry.path("uri").asString()).isEqualTo("skill://brew/SKILL.md");
    assertThat(entry.path("frontmatter"))
        .isEqualTo(
            JsonMapper.shared().readTree("{\"name\":\"brew\",\"description\":\"Brews tea.\"}"));
    assertThat(entry.path("resources"))
        .extracting(resource -> resource.path("uri").asString())
        .containsExactly(
            "skill://brew/SKILL.md",
            "skill://brew/a.bin",
            "skill://brew/references/Q%26A%201.md",
            "skill://brew/references/deep/b.md");
    assertThat(entry.path("resources").get(0).path("digest").asString())
        .isEqualTo("sha256:" + Sha256.hex(TEXT.getBytes(StandardCharsets.UTF_8)));
    assertThat(entry.path("resources").get(0).path("size").asInt()).isEqualTo(TEXT.length());
    assertThat(ask("skills/get", Map.of("uri", "skill://brew/SKILL.md")).at("/result/skill"))
        .isEqualTo(entry);
  }

  @Test
  void readsFilesAsTextOrBase64() {
    JsonNode text = read("skill://brew/SKILL.md");
    assertThat(text.path("text").asString()).isEqualTo(TEXT);
    assertThat(text.path("mimeType").asString()).isEqualTo("text/markdown");
    assertThat(read("skill://brew/references/Q%26A%201.md").path("text").asString())
        .isEqualTo("# Q\n");
    assertThat(read("skill://brew/references/Q&A%201.md").path("text").asString())
        .isEqualTo("# Q\n");
    assertThat(read("skill://brew/a.bin").path("blob").asString()).isEqualTo("/wA=");
  }

  @Test
  void namesSkillsAmongTheResourcesOnceTheyWereLookedFor() throws Exception {
    skills.get();

    assertThat(ask("resources/list", Map.of()).at("/result/resources"))
        .extracting(resource -> resource.path("uri").asString())
        .containsExactly("memory://index", "skill://brew/SKILL.md");
    assertThat(ask("resources/list", Map.of()).at("/result/resources/1/description").asString())
        .isEqualTo("Brews tea.");
  }

  @Test
  void saysWhyItDoesNotServeASkill() throws Exception {
    skills
        .get()
        .reviewedBy(_ -> new SkillReview.Verdict(Optional.of("Look at it first."), List.of()));

    assertThat(ask("skills/list", Map.of()).at("/result/skills")).isEmpty();
    for (String method : List.of("skills/get", "resources/read")) {
      JsonNode error = ask(method, Map.of("uri", "skill://brew/SKILL.md")).path("error");
      assertThat(error.path("code").asInt()).isEqualTo(-32602);
      assertThat(error.path("message").asString()).endsWith("is not served: Look at it first.");
    }
  }

  @Test
  void readsDirectories() {
    assertThat(
            ask("resources/directory/read", Map.of("uri", "skill://brew")).at("/result/resources"))
        .extracting(child -> child.path("uri").asString() + " " + child.path("mimeType").asString())
        .containsExactly(
            "skill://brew/SKILL.md text/markdown",
            "skill://brew/a.bin application/octet-stream",
            "skill://brew/references inode/directory");
    assertThat(
            ask("resources/directory/read", Map.of("uri", "skill://brew/references"))
                .at("/result/resources"))
        .extracting(child -> child.path("name").asString())
        .containsExactly("Q&A 1.md", "deep");
  }

  @ParameterizedTest
  @CsvSource({
    "skills/get, skill://none/SKILL.md",
    "skills/get, skill://brew",
    "skills/get, skill://brew/a.bin",
    "skills/get, file:///etc/passwd",
    "resources/directory/read, skill://none",
    "resources/directory/read, skill://brew/",
    "resources/directory/read, skill://brew/SKILL.md",
    "resources/directory/read, skill://brew/none",
    "resources/directory/read, skill://",
    "resources/read, skill://brew/none",
    "resources/read, skill://brew",
    "resources/read, skill://Brew/SKILL.md",
    "resources/read, skill://brew/../brew/SKILL.md",
    "resources/read, skill://brew/%2E%2E/brew/SKILL.md",
    "resources/read, skill://brew/references%2Fdeep%2Fb.md",
    "resources/read, skill://brew/%",
    "resources/read, skill://brew/%FF",
  })
  void saysThatParametersAreInvalidForWhatIsUnknown(String method, String uri) {
    JsonNode error = ask(method, Map.of("uri", uri)).path("error");

    assertThat(error.path("code").asInt()).isEqualTo(-32602);
    assertThat(error.at("/data/uri").asString()).isEqualTo(uri);
  }

  @ParameterizedTest
  @ValueSource(strings = {"skills/get", "resources/directory/read"})
  void wantsAnAddress(String method) {
    assertThat(ask(method, Map.of()).at("/error/code").asInt()).isEqualTo(-32602);
  }

  @Test
  void refusesForeignCursors() {
    assertThat(ask("skills/list", Map.of("cursor", "%")).at("/error/code").asInt())
        .isEqualTo(-32602);
    assertThat(
            ask("resources/directory/read", Map.of("uri", "skill://brew", "cursor", "x"))
                .at("/error/code")
                .asInt())
        .isEqualTo(-32602);
  }

  @Test
  void leavesEverythingElseToOthers() {
    for (String method : new String[] {"tools/list", "prompts/list", "skills/unknown"}) {
      assertThat(Asked.of(extension, method, Map.of())).isEmpty();
    }
    assertThat(Asked.of(extension, "resources/read", Map.of("uri", "memory://index"))).isEmpty();
  }

  private JsonNode read(String uri) {
    return ask("resources/read", Map.of("uri", uri)).at("/result/contents/0");
  }

  private JsonNode ask(String method, Map<String, Object> params) {
    return Asked.of(extension, method, params).orElseThrow();
  }
}
