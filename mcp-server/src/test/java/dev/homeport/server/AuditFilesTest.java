package dev.homeport.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditFilesTest {
  @TempDir Path state;
  private Path directory;
  private AuditFiles files;

  @BeforeEach
  void open() {
    directory = state.resolve("audit");
    files = new AuditFiles(directory);
  }

  @Test
  void appendsLinesThatTheirOwnerAloneMayRead() throws IOException {
    files.append("a.jsonl", "1");
    files.append("a.jsonl", "2");

    assertThat(directory.resolve("a.jsonl")).hasContent("1\n2\n");
    assertThat(permissions(directory)).isEqualTo("rwx------");
    assertThat(permissions(directory.resolve("a.jsonl"))).isEqualTo("rw-------");
  }

  @Test
  void goesOnInTheFileThatANameStandsForNow() throws IOException {
    files.append("a.jsonl", "1");
    Files.move(directory.resolve("a.jsonl"), directory.resolve("a.1"));

    files.append("a.jsonl", "2");
    files.append("b.jsonl", "3");
    files.append("a.jsonl", "4");

    assertThat(directory.resolve("a.1")).hasContent("1\n");
    assertThat(directory.resolve("a.jsonl")).hasContent("2\n4\n");
    assertThat(directory.resolve("b.jsonl")).hasContent("3\n");
  }

  @Test
  void writesForAThreadThatWasInterrupted() throws IOException {
    Thread.currentThread().interrupt();
    files.append("a.jsonl", "1");
    files.append("a.jsonl", "2");

    assertThat(Thread.interrupted()).isTrue();
    assertThat(directory.resolve("a.jsonl")).hasContent("1\n2\n");
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
