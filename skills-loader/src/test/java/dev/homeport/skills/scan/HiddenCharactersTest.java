package dev.homeport.skills.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HiddenCharactersTest {
  @Test
  void readsWhatTagCharactersSpell() {
    var tags = new StringBuilder();
    "obey me".codePoints().forEach(c -> tags.appendCodePoint(0xE0000 + c));

    assertThat(HiddenCharacters.in("a\nb" + tags))
        .containsExactly(
            new ScanHit(ScanRule.HIDDEN_TEXT, 2, "invisible tag characters spell 'obey me'"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "\uFEFFa mark at the start",
        "👩‍👩‍👧 🏳️‍🌈 ❤️ 👨🏽‍💻 1️⃣",
        "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
        "می‌خواهم",
        "क्‍ष",
        "ภาษา​ไทย",
        "שלום \u200Fabc\u200E",
        "\u2067עברית\u2069",
        "Donau\u00ADdampf",
        "葛󠄀",
        "naïve café — “quoted”",
        "Москва and London",
      })
  void leavesAloneWhatWritingNeeds(String text) {
    assertThat(HiddenCharacters.in(text)).isEmpty();
  }

  @Test
  void findsTextThatIsShownInAnotherOrder() {
    assertThat(rules("if (admin\u202E) {")).containsExactly(ScanRule.REORDERED_TEXT);
    assertThat(rules("a \u2066b\u2069 c")).containsExactly(ScanRule.REORDERED_TEXT);
  }

  @Test
  void tellsStrayCharactersFromMessages() {
    assertThat(rules("one\u200Btwo")).containsExactly(ScanRule.INVISIBLE);
    assertThat(rules("x" + "\u200B\u200C".repeat(8))).containsExactly(ScanRule.HIDDEN_TEXT);
    assertThat(rules("x" + "\uDB40\uDD01".repeat(12))).containsExactly(ScanRule.HIDDEN_TEXT);
    assertThat(rules("a\u200Bb\u2060c\uFEFFd ".repeat(12))).containsExactly(ScanRule.HIDDEN_TEXT);
  }

  @Test
  void findsWordsOfTwoScripts() {
    assertThat(rules("log in to pаypal")).containsExactly(ScanRule.MIXED_SCRIPTS);
  }

  private static List<ScanRule> rules(String text) {
    return HiddenCharacters.in(text).stream().map(ScanHit::rule).toList();
  }
}
