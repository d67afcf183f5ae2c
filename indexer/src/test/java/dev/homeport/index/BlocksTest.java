package dev.homeport.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BlocksTest {
  private static List<Integer> starts(String text) throws IOException {
    var reader = new TextLines(new WordAnalyzer(RankingPart.ALL), Map.of("harbour", 1f));
    return Blocks.starts(reader.read(text));
  }

  @Test
  void keepsTheLinesOfAParagraphTogether() throws Exception {
    assertThat(starts("# Title\nOne line\nand the next\n\nAnother\n")).containsExactly(0, 1, 4);
  }

  @Test
  void beginsABlockWithEachItemTurnAndRecord() throws Exception {
    assertThat(starts("- one\n- two\n")).containsExactly(0, 1);
    assertThat(starts("Ann: hello\nBob Lee: hi\nthere\n")).containsExactly(0, 1);
    assertThat(starts("{\"a\":1}\n{\"b\":2}\n")).containsExactly(0, 1);
  }

  @Test
  void tellsWhoSpeaks() {
    assertThat(Blocks.label("**Ann Lee** (D1:3): the boat"))
        .containsExactlyInAnyOrder("ann", "lee");
    assertThat(Blocks.label("- **Ann** (1:56 pm on 8 May): no")).containsExactly("ann");
    assertThat(Blocks.label("(1:56 pm) Ann said, \"no\"")).containsExactly("ann");
    assertThat(Blocks.label("[10:32] Bob: yes")).containsExactly("bob");
    assertThat(Blocks.label("as he said: no")).isEmpty();
    assertThat(Blocks.label("no colon here")).isEmpty();
  }

  @Test
  void countsTheWordsOfEachLine() throws Exception {
    var reader = new TextLines(new WordAnalyzer(RankingPart.ALL), Map.of("harbour", 1f));

    List<TextLines.Line> lines = reader.read("a harbour, our harbour\n\nno port\n\n");

    assertThat(lines)
        .extracting(TextLines.Line::text)
        .containsExactly("a harbour, our harbour", "", "no port", "");
    assertThat(lines.getFirst().words()).hasSize(2);
    assertThat(lines.get(2).words()).isEmpty();
  }
}
