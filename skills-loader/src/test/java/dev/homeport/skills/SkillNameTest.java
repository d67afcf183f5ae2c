package dev.homeport.skills;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.text.Normalizer;
import org.junit.jupiter.api.Test;

class SkillNameTest {
  @Test
  void keepsValidNamesAsTheyAre() {
    for (String name : new String[] {"a", "pdf-tools", "3000", "技能", "мой-навык", "café"}) {
      assertThat(SkillName.normalize(name)).contains(new SkillName(name));
    }
  }

  @Test
  void givesTheNearestValidName() {
    assertNormalized("My Skill", "my-skill");
    assertNormalized("my_skill", "my-skill");
    assertNormalized("-edge--double-", "edge-double");
    assertNormalized("НАВЫК", "навык");
    assertNormalized("ｗｉｄｅ", "wide");
    assertNormalized("plugin:skill", "plugin-skill");
  }

  @Test
  void joinsComposedAndDecomposedForms() {
    String decomposed = Normalizer.normalize("café", Normalizer.Form.NFD);

    assertThat(SkillName.normalize(decomposed)).isEqualTo(SkillName.normalize("café"));
  }

  @Test
  void hasNoNameForTextWithoutLettersOrDigits() {
    assertThat(SkillName.normalize("")).isEmpty();
    assertThat(SkillName.normalize("--- !!")).isEmpty();
  }

  @Test
  void refusesToHoldWhatIsNotNormal() {
    for (String name : new String[] {"", "Upper", "a b", "-a", "a-", "a--b", "a_b"}) {
      assertThatThrownBy(() -> new SkillName(name)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void cutsNamesThatAreFarTooLong() {
    SkillName name = SkillName.normalize("x".repeat(10_000)).orElseThrow();

    assertThat(name.value()).hasSize(SkillName.LOAD_LIMIT);
    assertThat(name.isPublishable()).isFalse();
  }

  @Test
  void canBePublishedOnlyInAscii() {
    assertThat(new SkillName("pdf").isPublishable()).isTrue();
    assertThat(new SkillName("x".repeat(64)).isPublishable()).isTrue();
    assertThat(new SkillName("x".repeat(65)).isPublishable()).isFalse();
    assertThat(new SkillName("技能").isPublishable()).isFalse();
  }

  private static void assertNormalized(String text, String name) {
    assertThat(SkillName.normalize(text)).contains(new SkillName(name));
  }
}
