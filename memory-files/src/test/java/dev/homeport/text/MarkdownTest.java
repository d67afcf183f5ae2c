package dev.homeport.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.text.Markdown.Kind;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class MarkdownTest {
  private static List<Kind> kinds(String text) {
    return Markdown.parse(text).lines().stream().map(Markdown.Line::kind).toList();
  }

  @Test
  void tellsCodeCommentsAndFrontmatterFromText() {
    assertThat(kinds("---\r\na: b\r\n---\r\nx\n"))
        .containsExactly(Kind.FRONTMATTER, Kind.FRONTMATTER, Kind.FRONTMATTER, Kind.TEXT);
    assertThat(kinds("---\na: b\n")).containsOnly(Kind.TEXT);
    assertThat(kinds("````x\n```\n````\na"))
        .containsExactly(Kind.CODE, Kind.CODE, Kind.CODE, Kind.TEXT);
    assertThat(kinds("  <!-- a\nb -->\nc")).containsExactly(Kind.COMMENT, Kind.COMMENT, Kind.TEXT);
    assertThat(kinds("<!-- a\nb --> c\n<!-- d -->"))
        .containsExactly(Kind.TEXT, Kind.TEXT, Kind.COMMENT);
    assertThat(kinds("> ~~~\n> a\nb\n~~~\nc"))
        .containsExactly(Kind.CODE, Kind.CODE, Kind.TEXT, Kind.CODE, Kind.CODE);
    assertThat(kinds("")).isEmpty();
  }

  @Test
  void linesCoverAnyText() {
    var random = new Random(7);
    String[] pieces = {
      "---", "\n", "\r\n", "```", "~~~", "<!--", "-->", "`", "> ", " ", "a", "\u2028"
    };
    for (int run = 0; run < 5_000; run++) {
      var text = new StringBuilder();
      for (int i = 0; i < random.nextInt(30); i++) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }
      Markdown markdown = Markdown.parse(text.toString());

      assertThat(markdown.without(EnumSet.noneOf(Kind.class))).isEqualTo(text.toString());
      assertThat(markdown.stretches())
          .allSatisfy(
              stretch -> assertThat(stretch.end()).isBetween(stretch.start(), text.length()));
    }
  }

  /// Each of these would take hours if the time grew with the square of the length.
  @Test
  @Timeout(30)
  void takesTimeInProportionToTheLength() {
    for (String piece :
        List.of("a\n\n", "`\n\n", "`` ` ", "<!-- a\n", "> ```\n\n", "---\n", "[[")) {
      String text = piece.repeat(4_000_000 / piece.length());

      assertThat(Markdown.parse(text).stretches()).isNotNull();
      assertThat(Markdown.parse(text + "\n--> end").lines()).isNotEmpty();
    }
  }
}
