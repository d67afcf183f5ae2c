package dev.homeport.index;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MentionsTest {
  @Test
  void findsTheFilesOfATraceback() {
    var mentions =
        new Mentions("  File \"/usr/lib/python3/site-packages/harbour/calendar.py\", line 7, in f");

    assertThat(mentions.path("src/harbour/calendar.py")).isTrue();
    assertThat(mentions.path("src/other/calendar.py")).isFalse();
  }

  @Test
  void findsModulesAndBareNames() {
    var mentions = new Mentions("harbour.calendar.BerthCalendar fails in tides.py.");

    assertThat(mentions.path("lib/harbour/calendar.py")).isTrue();
    assertThat(mentions.path("a/b/tides.py")).isTrue();
    assertThat(mentions.path("harbour/dues.py")).isFalse();
    assertThat(mentions.name("BerthCalendar")).isTrue();
  }

  @Test
  void tellsTestsAndWhatTheyTest() {
    assertThat(TestFile.is("tests/helpers.py")).isTrue();
    assertThat(TestFile.is("src/test/java/ATest.java")).isTrue();
    assertThat(TestFile.is("web/form.spec.ts")).isTrue();
    assertThat(TestFile.is("src/latest.py")).isFalse();
    assertThat(TestFile.subject("tests/test_dues.py")).hasValue("dues");
    assertThat(TestFile.subject("src/test/java/DuesTest.java")).hasValue("dues");
  }
}
