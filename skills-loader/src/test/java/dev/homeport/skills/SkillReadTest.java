package dev.homeport.skills;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeport.workspace.WorkspaceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SkillReadTest {
  @TempDir Path temporary;
  SkillFixture fixture;
  Path skill;

  @BeforeEach
  void setUp() throws IOException {
    fixture = new SkillFixture(temporary);
    skill = fixture.project("guide", "show things");
  }

  @Test
  void readsATextFile() throws Exception {
    Files.createDirectories(skill.resolve("references"));
    Files.writeString(skill.resolve("references/a.md"), "one\ntwo\n");

    for (String path :
        List.of("references/a.md", "./references/a.md", ".claude/skills/guide/references/a.md")) {
      assertThat(read(path))
          .isEqualTo(new SkillReadOutcome.Text("references/a.md", "one\ntwo\n", 1, 0, 2));
    }
  }

  @Test
  void readsTheSkillFileItself() throws Exception {
    assertThat(read("SKILL.md"))
        .isInstanceOfSatisfying(
            SkillReadOutcome.Text.class,
            text -> assertThat(text.content()).startsWith("---\nname: guide\n"));
  }

  @Test
  void readsRangesOfLines() throws Exception {
    Files.writeString(skill.resolve("a.txt"), "1\n2\n3\n4\n5\n");

    assertThat(read("a.txt", Optional.empty(), 2, 2))
        .isEqualTo(new SkillReadOutcome.Text("a.txt", "2\n3\n", 2, 4, 5));
    assertThat(read("a.txt", Optional.empty(), 4, 99))
        .isEqualTo(new SkillReadOutcome.Text("a.txt", "4\n5\n", 4, 0, 5));
    assertThat(read("a.txt", Optional.empty(), 99, 1))
        .isEqualTo(new SkillReadOutcome.Text("a.txt", "", 6, 0, 5));
  }

  @Test
  void readsSections() throws Exception {
    Files.writeString(
        skill.resolve("a.md"),
        "# A\nintro\n## B\nb\n```\n# not a heading\n```\n### C\nc\n## D\nd\n");

    assertThat(read("a.md", Optional.of("b"), 1, 99))
        .isEqualTo(
            new SkillReadOutcome.Text(
                "a.md", "## B\nb\n```\n# not a heading\n```\n### C\nc\n", 3, 0, 7));
    assertThat(read("a.md", Optional.of("## B"), 2, 1))
        .isEqualTo(new SkillReadOutcome.Text("a.md", "b\n", 4, 3, 7));
    assertThat(read("a.md", Optional.of("Z"), 1, 99))
        .isEqualTo(new SkillReadOutcome.UnknownSection("Z", List.of("A", "B", "C", "D")));
  }

  @Test
  void pagesLongFilesByCharacters() throws Exception {
    Files.writeString(skill.resolve("long.txt"), ("x".repeat(99) + "\n").repeat(1_000));
    Files.writeString(skill.resolve("line.txt"), "y".repeat(100_000));

    var first = (SkillReadOutcome.Text) read("long.txt");
    assertThat(first.content()).hasSizeLessThanOrEqualTo(40_000);
    assertThat(first.nextLine()).isEqualTo(401);
    assertThat(read("line.txt"))
        .isInstanceOfSatisfying(
            SkillReadOutcome.Text.class,
            text -> assertThat(text.content()).endsWith("(60000 more characters)\n"));
  }

  @Test
  void givesBinaryFilesWhole() throws Exception {
    byte[] bytes = {(byte) 0x89, 'P', 'N', 'G', 0, 1, 2};
    Files.write(skill.resolve("a.png"), bytes);

    assertThat(read("a.png"))
        .isInstanceOfSatisfying(
            SkillReadOutcome.Binary.class,
            binary -> {
              assertThat(binary.mediaType()).isEqualTo("image/png");
              assertThat(binary.content()).isEqualTo(bytes);
            });
  }

  @Test
  void listsDirectories() throws Exception {
    Files.createDirectories(skill.resolve("references/deep"));
    Files.writeString(skill.resolve("references/deep/a.md"), "text");

    assertThat(read("references"))
        .isEqualTo(
            new SkillReadOutcome.Listing(
                "references", List.of(new SkillResource("references/deep/a.md", 4))));
    assertThat(read(""))
        .isEqualTo(
            new SkillReadOutcome.Listing(
                ".", List.of(new SkillResource("references/deep/a.md", 4))));
  }

  @Test
  void namesTheFilesThatThereAre() throws Exception {
    Files.writeString(skill.resolve("a.txt"), "text");

    assertThat(read("b.txt"))
        .isEqualTo(
            new SkillReadOutcome.UnknownFile("b.txt", List.of(new SkillResource("a.txt", 4))));
    assertThat(fixture.catalog().read(SkillRead.file("gide", "a.txt")))
        .isEqualTo(new SkillReadOutcome.UnknownSkill(List.of(new SkillName("guide"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../other/SKILL.md", "a/../../b", "/etc/passwd", "a\0b", "a//b"})
  void refusesPathsThatLeadOut(String path) throws Exception {
    fixture.project("other", "secret");

    assertThatThrownBy(() -> read(path))
        .isInstanceOfSatisfying(
            WorkspaceException.class,
            e -> assertThat(e.kind()).isEqualTo(WorkspaceException.Kind.BAD_PATH));
  }

  @Test
  void followsNoLink() throws Exception {
    Path secret = Files.writeString(temporary.resolve("secret"), "secret");
    Path other = fixture.project("other", "secret");
    Files.createSymbolicLink(skill.resolve("file"), secret);
    Files.createSymbolicLink(skill.resolve("directory"), temporary);
    Files.createSymbolicLink(skill.resolve("sibling"), other);

    for (String path : List.of("file", "directory/secret", "sibling/SKILL.md")) {
      assertThatThrownBy(() -> read(path))
          .isInstanceOfSatisfying(
              WorkspaceException.class,
              e -> assertThat(e.kind()).isEqualTo(WorkspaceException.Kind.LINK_REFUSED));
    }
    assertThat(read("")).isEqualTo(new SkillReadOutcome.Listing(".", List.of()));
  }

  private SkillReadOutcome read(String path) throws Exception {
    return fixture.catalog().read(SkillRead.file("guide", path));
  }

  private SkillReadOutcome read(String path, Optional<String> section, int first, int lines)
      throws Exception {
    return fixture.catalog().read(new SkillRead("guide", path, section, first, lines));
  }
}
