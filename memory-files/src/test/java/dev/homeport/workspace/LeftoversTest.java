package dev.homeport.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversTest {
  @TempDir Path root;

  @Test
  void removesOldOnesWhenItFirstWritesBesideThem() throws IOException {
    Files.createDirectory(root.resolve("d"));
    Path old = leftover("d/.homeport-tmp-0123456789abcdef", Duration.ofHours(2));
    Path running = leftover("d/.homeport-tmp-fedcba9876543210", Duration.ofMinutes(5));
    Path users = leftover("d/.homeport-tmp-mine", Duration.ofDays(9));
    Path elsewhere = leftover(".homeport-tmp-0000000000000000", Duration.ofHours(2));
    var workspace = Workspace.open(root);

    workspace.write(workspace.path("d/file"), new byte[0]);

    assertThat(old).doesNotExist();
    assertThat(running).exists();
    assertThat(users).exists();
    assertThat(elsewhere).exists();
    assertThat(workspace.list(workspace.path("d")))
        .extracting(info -> info.path().name())
        .containsExactly(".homeport-tmp-mine", "file");
  }

  @Test
  void removesUnfinishedDirectoriesFromTheRoot() throws IOException {
    Path old = root.resolve(".homeport-tmp-0123456789abcdef");
    Files.createDirectory(old);
    age(old, Duration.ofHours(2));
    var workspace = Workspace.open(root);

    workspace.write(workspace.path("new/file"), new byte[0]);

    assertThat(old).doesNotExist();
  }

  private Path leftover(String name, Duration age) throws IOException {
    Path file = Files.writeString(root.resolve(name), "torn");
    age(file, age);
    return file;
  }

  private static void age(Path file, Duration age) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
  }
}
