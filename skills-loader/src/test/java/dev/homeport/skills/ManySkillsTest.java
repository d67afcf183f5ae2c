package dev.homeport.skills;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManySkillsTest {
  private static final int SKILLS = 1_000;
  @TempDir Path temporary;

  /// Logs how long it took; `benchmarks/` measures properly.
  @Test
  void loadsSearchesAndReloadsAThousandSkills() throws Exception {
    var fixture = new SkillFixture(temporary);
    var random = new Random(42);
    for (int i = 0; i < SKILLS; i++) {
      SkillFixture.write(
          fixture.workspace.resolve(".claude/skills/skill-" + i),
          "Does " + words(random, 30) + " number" + i,
          words(random, 700));
    }
    SkillCatalog catalog = fixture.catalog();

    long start = System.nanoTime();
    SkillSnapshot first = catalog.snapshot();
    long loaded = System.nanoTime();
    assertThat(catalog.snapshot()).isSameAs(first);
    long checked = System.nanoTime();
    assertThat(first.search("number517", 1)).isInstanceOf(SkillSearchOutcome.Hits.class);
    long indexed = System.nanoTime();
    for (int i = 0; i < 100; i++) {
      first.search(words(random, 6), 5);
    }
    long searched = System.nanoTime();

    assertThat(first.skills()).hasSize(SKILLS);
    assertThat(first.problems()).isEmpty();
    System.getLogger(ManySkillsTest.class.getName())
        .log(
            System.Logger.Level.INFO,
            "skills={0} load_ms={1} check_ms={2} index_ms={3} 100_searches_ms={4}",
            SKILLS,
            millis(start, loaded),
            millis(loaded, checked),
            millis(checked, indexed),
            millis(indexed, searched));
  }

  private static String millis(long from, long to) {
    return String.valueOf((to - from) / 1_000_000);
  }

  private static String words(Random random, int count) {
    return random
        .ints(count, 0, 5_000)
        .mapToObj(word -> Integer.toString(word + 50_000, 36))
        .collect(Collectors.joining(" "));
  }
}
