package dev.homeport.skills;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an edit of one skill among others leaves of the snapshot and the index before it.
class SkillDeltaTest {
  @TempDir Path temporary;

  private SkillFixture fixture;
  private SkillCatalog catalog;

  @BeforeEach
  void writeSkills() throws IOException {
    fixture = new SkillFixture(temporary);
    fixture.project("tea", "Brews green leaves.");
    fixture.project("coffee", "Roasts beans.");
    fixture.project("water", "Boils kettles.");
    catalog = fixture.catalog();
  }

  @AfterEach
  void close() {
    catalog.close();
  }

  @Test
  void findsAnEditedSkillByItsNewWordsOnly() throws Exception {
    assertThat(found("green leaves")).containsExactly("tea");

    fixture.project("tea", "Grinds a mortar.");

    assertThat(found("grinds a mortar")).containsExactly("tea");
    assertThat(found("green leaves")).isEmpty();
    assertThat(found("roasts beans")).containsExactly("coffee");
  }

  @Test
  void findsASkillThatWasEditedAndPutBack() throws Exception {
    for (int round = 0; round < 3; round++) {
      fixture.project("tea", "Grinds a mortar.");
      assertThat(found("grinds a mortar")).containsExactly("tea");

      fixture.project("tea", "Brews green leaves.");
      assertThat(found("green leaves")).containsExactly("tea");
      assertThat(found("grinds a mortar")).isEmpty();
    }
  }

  @Test
  void keepsUpWithManyEdits() throws Exception {
    assertThat(found("green leaves")).containsExactly("tea");

    for (int edit = 0; edit < 50; edit++) {
      String skill = edit % 2 == 0 ? "tea" : "coffee";
      String word = "wall" + (char) ('a' + edit / 26) + (char) ('a' + edit % 26) + "z";
      fixture.project(skill, "Paints " + word + ".");
      assertThat(found(word)).as("edit %d", edit).containsExactly(skill);
    }
    assertThat(found("boils kettles")).containsExactly("water");
  }

  @Test
  void leavesOrderAndOtherSkillsAsTheyWere() throws Exception {
    SkillSnapshot before = catalog.snapshot();

    fixture.project("tea", "Grinds a mortar.");
    SkillSnapshot after = catalog.snapshot();

    assertThat(names(after.skills())).isEqualTo(names(before.skills()));
    assertThat(names(after.loaded())).isEqualTo(names(before.loaded()));
    assertThat(names(after.offered())).isEqualTo(names(before.offered()));
    assertThat(after.find("tea").orElseThrow().description()).isEqualTo("Grinds a mortar.");
    assertThat(before.find("tea").orElseThrow().description()).isEqualTo("Brews green leaves.");
    assertThat(after.find("water").orElseThrow()).isSameAs(before.find("water").orElseThrow());
  }

  @Test
  void takesANewNameANewAudienceAndANewProblemIn() throws Exception {
    assertThat(found("green leaves")).containsExactly("tea");

    fixture.raw("tea", "---\nname: chai\ndescription: Brews green leaves.\n---\nB\n");
    assertThat(found("green leaves")).containsExactly("chai");
    assertThat(catalog.snapshot().problems())
        .extracting(SkillProblem::kind)
        .contains(SkillProblem.Kind.NAME_DIFFERS);

    fixture.raw(
        "tea",
        """
        ---
        name: tea
        description: Brews green leaves.
        disable-model-invocation: true
        ---
        B
        """);
    assertThat(found("green leaves")).isEmpty();
    assertThat(catalog.snapshot().find("tea")).isPresent();

    fixture.raw("tea", "---\nname: coffee\ndescription: Brews green leaves.\n---\nB\n");
    assertThat(catalog.snapshot().problems())
        .extracting(SkillProblem::kind)
        .contains(SkillProblem.Kind.SHADOWED);
  }

  private List<String> found(String query) throws Exception {
    return switch (catalog.snapshot().search(query, 5)) {
      case SkillSearchOutcome.Hits(var hits) ->
          names(hits.stream().map(SkillSearchOutcome.Hit::skill).toList());
      case SkillSearchOutcome.NoneFits _ -> List.of();
    };
  }

  private static List<String> names(List<Skill> skills) {
    return skills.stream().map(skill -> skill.name().value()).toList();
  }
}
