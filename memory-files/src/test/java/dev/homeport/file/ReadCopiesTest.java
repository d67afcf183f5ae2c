package dev.homeport.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.homeport.workspace.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadCopiesTest {
  private static final byte[] CONTENT = "one\n".getBytes(UTF_8);
  private static final String SHA = Sha256.hex(CONTENT);

  @TempDir Path parent;

  private ReadCopies copies(Instant now) throws IOException {
    return ReadCopies.in(parent.resolve("read"), () -> now);
  }

  @Test
  void keepsAContentOnceAndForItsOwnerAlone() throws IOException {
    var copies = copies(Instant.now());
    var reads = new AtomicInteger();

    for (int i = 0; i < 3; i++) {
      copies.keep(
          SHA,
          () -> {
            reads.incrementAndGet();
            return CONTENT;
          });
    }

    assertThat(reads).hasValue(1);
    assertThat(copies(Instant.now()).find(SHA)).contains(CONTENT);
    Path copy = parent.resolve("read").resolve(SHA);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy.getParent())))
        .isEqualTo("rwx------");
  }

  @Test
  void keepsNothingThatChangedWhileItWasRead() throws IOException {
    var copies = copies(Instant.now());

    copies.keep(SHA, () -> "other".getBytes(UTF_8));

    assertThat(copies.find(SHA)).isEmpty();
  }

  @Test
  void believesNoDamagedCopy() throws IOException {
    var copies = copies(Instant.now());
    copies.keep(SHA, () -> CONTENT);

    Files.writeString(parent.resolve("read").resolve(SHA), "onf\n");

    assertThat(copies.find(SHA)).isEmpty();
    assertThat(copies.find("../" + SHA)).isEmpty();
  }

  @Test
  void forgetsOnRequest() throws IOException {
    var copies = copies(Instant.now());
    copies.keep(SHA, () -> CONTENT);

    copies.forget(SHA);
    copies.forget(SHA);

    assertThat(copies.find(SHA)).isEmpty();
    assertThat(parent.resolve("read").resolve(SHA)).doesNotExist();
  }

  @Test
  void deletesOldCopiesButRenewsWhatIsReadAgain() throws IOException {
    Instant now = Instant.now();
    Path directory = Files.createDirectory(parent.resolve("read"));
    Path old = Files.writeString(directory.resolve("0".repeat(64)), "old");
    Path renewed = Files.write(directory.resolve(SHA), CONTENT);
    for (Path copy : new Path[] {old, renewed}) {
      Files.setLastModifiedTime(copy, FileTime.from(now.minus(Duration.ofDays(15))));
    }

    copies(now).keep(SHA, () -> CONTENT);

    await().atMost(Duration.ofSeconds(10)).until(() -> !Files.exists(old));
    assertThat(renewed).exists();
  }

  @Test
  void aReadSucceedsWhereNothingCanBeKept() throws IOException {
    var copies = copies(Instant.now());
    Files.delete(parent.resolve("read"));
    Files.createFile(parent.resolve("read"));

    copies.keep(SHA, () -> CONTENT);

    assertThat(parent.resolve("read")).isEmptyFile();
  }
}
