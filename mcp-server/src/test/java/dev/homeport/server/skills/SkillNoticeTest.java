package dev.homeport.server.skills;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SkillNoticeTest {
  @TempDir Path temporary;

  @Test
  void isKeptForTheSameWorkspaceAndSettings() throws IOException {
    notice("a", "high").keep("- tea\n");

    assertThat(notice("a", "high").text()).isEqualTo("- tea\n");
    assertThat(notice("b", "high").text()).isEmpty();
    assertThat(notice("a", "medium").text()).isEmpty();
  }

  @Test
  void isNotTakenFromAnotherWorkspaceWhoseFileHasTheSameName() throws IOException {
    Path one = Path.of("/work/Aa");
    Path other = Path.of("/work/BB");
    assertThat(one.toString()).hasSameHashCodeAs(other.toString());
    SkillNotice.of(temporary, one, "high").keep("- tea\n");

    assertThat(SkillNotice.of(temporary, other, "high").text()).isEmpty();
  }

  @Test
  void isEmptyIfThereIsNoFileOrNoneThatCounts() throws IOException {
    SkillNotice notice = notice("a", "high");
    assertThat(notice.text()).isEmpty();
    notice.keep("");
    assertThat(temporary).isEmptyDirectory();

    notice.keep("x".repeat(SkillNotice.MOST_BYTES));
    assertThat(notice.text()).isEmpty();
    Path file = files().getFirst();
    Files.delete(file);
    Files.createDirectory(file);
    assertThat(notice.text()).isEmpty();
  }

  @Test
  void removesWhatNobodyReadsAnyMore() throws IOException {
    notice("a", "high").keep("- tea\n");
    Files.setLastModifiedTime(
        files().getFirst(), FileTime.from(Instant.now().minus(Duration.ofDays(61))));

    notice("b", "high").keep("- coffee\n");

    assertThat(notice("a", "high").text()).isEmpty();
    assertThat(files()).hasSize(1);
  }

  @Test
  void isNotRemovedWhileItIsInUse() throws IOException {
    notice("a", "high").keep("- tea\n");
    Files.setLastModifiedTime(
        files().getFirst(), FileTime.from(Instant.now().minus(Duration.ofDays(61))));
    notice("a", "high").keep("- tea\n");

    notice("b", "high").keep("- coffee\n");

    assertThat(notice("a", "high").text()).isEqualTo("- tea\n");
  }

  private SkillNotice notice(String workspace, String settings) {
    return SkillNotice.of(temporary, Path.of("/work", workspace), settings);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(temporary)) {
      return files.toList();
    }
  }
}
