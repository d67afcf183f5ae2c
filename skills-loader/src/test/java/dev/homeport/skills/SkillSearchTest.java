package dev.homeport.skills;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SkillSearchTest {
  @TempDir Path temporary;
  SkillFixture fixture;

  @BeforeEach
  void setUp() throws IOException {
    fixture = new SkillFixture(temporary);
    skill("pdf", "Read, fill, merge and split PDF documents. Use for forms and scanned pages.");
    skill("debug-from-logs", "Find the cause of a bug from log files and stack traces.");
    skill("python-tests", "Write and fix pytest unit tests for Python code.");
    skill("release-notes", "Write release notes and a changelog from git commits.");
    skill("k8s-deploy", "Deploy services to a Kubernetes cluster and roll back failed rollouts.");
    skill("brand-style", "Apply the company's colours and typography to slides.");
    SkillFixture.write(
        fixture.workspace.resolve(".claude/skills/spreadsheets"),
        "Work with spreadsheets.",
        "Recalculate with LibreOffice. Use openpyxl to write formulas and pivotTables.\n");
  }

  @ParameterizedTest
  @CsvSource({
    "merging two pdfs into one document, pdf",
    "why does the log show a stack trace, debug-from-logs",
    "fix a failing pytest test, python-tests",
    "summarize commits for the changelog, release-notes",
    "deploying to kubernetes, k8s-deploy",
    "openpyxl formula, spreadsheets",
    "pivot table, spreadsheets",
    "typographyColour, brand-style",
  })
  void findsTheSkillForATask(String query, String name) throws Exception {
    assertThat(search(query))
        .isInstanceOfSatisfying(
            SkillSearchOutcome.Hits.class,
            hits ->
                assertThat(hits.hits().getFirst().skill().name()).isEqualTo(new SkillName(name)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "the and of",
        "translate a poem from French into Swahili verse",
        "book a flight to Lisbon for next weekend with two bags",
        "train a neural network on protein structures",
      })
  void saysWhenNoSkillFits(String query) throws Exception {
    assertThat(search(query)).isInstanceOf(SkillSearchOutcome.NoneFits.class);
  }

  @Test
  void leavesOutSkillsThatOnlyTheUserMayAskFor() throws Exception {
    Path skill = fixture.project("secret-ritual", "x");
    Files.writeString(
        skill.resolve("SKILL.md"),
        """
        ---
        name: secret-ritual
        description: Perform the ritual.
        disable-model-invocation: true
        ---
        Body
        """);

    assertThat(search("perform the secret ritual")).isInstanceOf(SkillSearchOutcome.NoneFits.class);
    assertThat(fixture.catalog().snapshot().find("secret-ritual")).isPresent();
  }

  @Test
  void findsIdeographsByPairs() throws Exception {
    skill("translate", "翻译文档和网页");

    assertThat(search("请翻译这个网页")).isInstanceOf(SkillSearchOutcome.Hits.class);
  }

  @Test
  void seesANewSkillAtOnce() throws Exception {
    SkillCatalog catalog = fixture.catalog();
    assertThat(catalog.snapshot().search("brew espresso", 5))
        .isInstanceOf(SkillSearchOutcome.NoneFits.class);

    skill("coffee", "Brew espresso.");

    assertThat(catalog.snapshot().search("brew espresso", 5))
        .isInstanceOf(SkillSearchOutcome.Hits.class);
  }

  private void skill(String name, String description) throws IOException {
    fixture.project(name, description);
  }

  private SkillSearchOutcome search(String query) throws Exception {
    return fixture.catalog().snapshot().search(query, 5);
  }
}
