package dev.homeport.skills.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.skills.usage.UsageReport.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SkillUsageTest {
  private static final InstantSource NOVEMBER =
      InstantSource.fixed(Instant.parse("2026-11-27T04:00:00Z"));

  @TempDir private Path temporary = Path.of("");

  @Test
  void countsUsesOfEachSkill() throws IOException {
    SkillUsage usage = usage(NOVEMBER);
    assertThat(usage.report()).isEqualTo(new UsageReport(List.of(), 0, Optional.empty()));

    usage.note(SkillUse.FOUND, List.of("tea", "coffee"));
    usage.note(SkillUse.FOUND, List.of("tea"));
    usage.note(SkillUse.LOADED, List.of("coffee"));
    usage.note(SkillUse.FILE_MISSING, List.of("coffee"));
    usage.note(SkillUse.FOUND, List.of());
    usage.noteNothingFound();

    assertThat(usage(NOVEMBER).report())
        .isEqualTo(
            new UsageReport(
                List.of(new Row("coffee", 1, 1, 1), new Row("tea", 2, 0, 0)),
                1,
                Optional.of(YearMonth.of(2026, 11))));
  }

  @Test
  void countsWhatManyWriteAtOnce() throws IOException, InterruptedException {
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < 8; i++) {
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                SkillUsage own = usage(NOVEMBER);
                for (int n = 0; n < 500; n++) {
                  own.note(SkillUse.FOUND, List.of("tea", "coffee", "cocoa"));
                }
              }));
    }
    for (Thread thread : threads) {
      assertThat(thread.join(java.time.Duration.ofSeconds(60))).isTrue();
    }

    assertThat(usage(NOVEMBER).report().skills())
        .containsExactly(
            new Row("cocoa", 4_000, 0, 0),
            new Row("coffee", 4_000, 0, 0),
            new Row("tea", 4_000, 0, 0));
  }

  @Test
  void keepsAYearAndForgetsOnRequest() throws IOException {
    usage(InstantSource.fixed(Instant.parse("2025-10-01T00:00:00Z")))
        .note(SkillUse.LOADED, List.of("old"));
    usage(InstantSource.fixed(Instant.parse("2025-12-01T00:00:00Z")))
        .note(SkillUse.LOADED, List.of("older"));
    Path other = Files.writeString(directory().resolve("other.log"), "loaded tea\n");
    usage(NOVEMBER).note(SkillUse.LOADED, List.of("new"));

    assertThat(usage(NOVEMBER).report().skills())
        .extracting(Row::name)
        .containsExactly("new", "older");
    assertThat(usage(NOVEMBER).report().since()).contains(YearMonth.of(2025, 12));

    usage(NOVEMBER).reset();

    assertThat(usage(NOVEMBER).report().skills()).isEmpty();
    assertThat(other).exists();
  }

  @Test
  void leavesOutALineThatWasCutShort() throws IOException {
    SkillUsage usage = usage(NOVEMBER);
    usage.note(SkillUse.LOADED, List.of("tea"));
    Files.writeString(
        directory().resolve("skills-2026-11.log"), "loa\nboiled tea\n", StandardOpenOption.APPEND);
    usage.note(SkillUse.LOADED, List.of("tea"));

    assertThat(usage.report().skills()).containsExactly(new Row("tea", 0, 2, 0));
  }

  @Test
  void countsNothingWhereItCannotWrite() throws IOException {
    Files.writeString(directory(), "a file");

    usage(NOVEMBER).note(SkillUse.LOADED, List.of("tea"));

    assertThat(directory()).hasContent("a file");
  }

  private Path directory() {
    return temporary.resolve("stats");
  }

  private SkillUsage usage(InstantSource clock) {
    return SkillUsage.in(directory(), clock);
  }
}
