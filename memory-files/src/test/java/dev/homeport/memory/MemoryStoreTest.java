package dev.homeport.memory;

import static dev.homeport.memory.MemoryFixture.delete;
import static dev.homeport.memory.MemoryFixture.insert;
import static dev.homeport.memory.MemoryFixture.make;
import static dev.homeport.memory.MemoryFixture.rename;
import static dev.homeport.memory.MemoryFixture.replace;
import static dev.homeport.memory.MemoryFixture.view;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.workspace.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryStoreTest {
  @TempDir Path temporary;
  MemoryFixture memory;

  @BeforeEach
  void open() throws IOException {
    memory = new MemoryFixture(temporary);
  }

  @Nested
  class Create {
    @Test
    void makesFilesAndTheirDirectories() throws Exception {
      assertThat(memory.done(make("/memories/deep/nested/file.txt", "Nested file")))
          .isEqualTo("File created successfully at: /memories/deep/nested/file.txt");
      assertThat(memory.content("deep/nested/file.txt")).isEqualTo("Nested file");
    }

    @Test
    void refusesWhatExists() throws Exception {
      memory.file("a/b", "old");

      assertThat(memory.refused(make("/memories/a/b", "new")))
          .isEqualTo("Error: File /memories/a/b already exists");
      assertThat(memory.refused(make("/memories/a", "new")))
          .isEqualTo("Error: File /memories/a already exists");
      assertThat(memory.refused(make("/memories", "new")))
          .isEqualTo("Error: File /memories already exists");
      assertThat(memory.content("a/b")).isEqualTo("old");
    }

    @Test
    void replacesWhatTheCallerExpected() throws Exception {
      memory.file("a", "old");
      String sha = Sha256.hex("old".getBytes(UTF_8));

      var first = memory.expecting(sha, make("/memories/a", "new"));
      var again = memory.expecting(sha, make("/memories/a", "new"));
      var stale = memory.expecting(sha, make("/memories/a", "newer"));

      assertThat(first)
          .isEqualTo(
              new MemoryOutcome.Done(
                  "File created successfully at: /memories/a",
                  Optional.of(
                      new MemoryFile("/memories/a", Sha256.hex("new".getBytes(UTF_8)), 3, 1))));
      assertThat(again).as("already equal").isEqualTo(first);
      assertThat(stale)
          .isInstanceOfSatisfying(
              MemoryOutcome.Stale.class,
              s -> assertThat(s.current().sha256()).isEqualTo(Sha256.hex("new".getBytes(UTF_8))));
      assertThat(stale.text())
          .startsWith("memory_precondition_failed_error: /memories/a has sha256 11507a0e");
      assertThat(memory.content("a")).isEqualTo("new");
    }

    @Test
    void keepsBytesAsTheyAre() throws Exception {
      String text = "\uFEFFone\r\ntwo\u2028three\ffour\rfive";

      memory.done(make("/memories/a", text));

      assertThat(memory.content("a")).isEqualTo(text);
    }

    @Test
    void refusesHalfASurrogatePair() throws Exception {
      org.assertj.core.api.Assertions.assertThatThrownBy(
              () -> memory.run(make("/memories/a", "\ud83d")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("surrogate");
      assertThat(memory.project.resolve("a")).doesNotExist();
    }

    @Test
    void holdsToItsQuota() throws Exception {
      var small =
          new MemoryFixture(
              temporary.resolve("small"), new MemoryLimits(10, 2, 20, 16_000, 200, 25_000));

      assertThat(small.refused(make("/memories/a", "ü".repeat(6))))
          .isEqualTo(
              "Error: File /memories/a would have 12 bytes, but a memory file may have at most 10;"
                  + " split it or shorten it.");
      small.done(make("/memories/a", "a"));
      small.done(make("/memories/d/b", "b"));
      assertThat(small.refused(make("/memories/c", "c")))
          .isEqualTo(
              "Error: /memories holds 2 files, which is the most; merge or delete some first.");
      assertThat(small.refused(replace("/memories/a", "a", "a".repeat(11))))
          .contains("would have 11 bytes");
    }
  }

  @Nested
  class StrReplace {
    @Test
    void answersWithTheLinesAround() throws Exception {
      memory.file("a", "1\n2\n3\nold\n5\n6\n7\n");

      assertThat(memory.done(replace("/memories/a", "old", "new\nlines")))
          .isEqualTo(
              "The memory file has been edited.\n"
                  + "     2\t2\n     3\t3\n     4\tnew\n     5\tlines\n     6\t5\n     7\t6");
      assertThat(memory.content("a")).isEqualTo("1\n2\n3\nnew\nlines\n5\n6\n7\n");
    }

    @Test
    void deletesIfThereIsNothingNew() throws Exception {
      memory.file("a", "one two");

      assertThat(memory.done(replace("/memories/a", " two", "")))
          .isEqualTo("The memory file has been edited.\n     1\tone");
    }

    @Test
    void takesReplacementsLiterally() throws Exception {
      memory.file("a", "x = y");

      memory.done(replace("/memories/a", "y", "$1\\0"));

      assertThat(memory.content("a")).isEqualTo("x = $1\\0");
    }

    @Test
    void saysWhyNothingWasReplaced() throws Exception {
      memory.file("a", "Hello\nMiddle\nHello");

      assertThat(memory.refused(replace("/memories/a", "NotFound", "x")))
          .isEqualTo(
              "No replacement was performed, old_str `NotFound` did not appear verbatim in"
                  + " /memories/a.");
      assertThat(memory.refused(replace("/memories/a", "Hello", "x")))
          .isEqualTo(
              "No replacement was performed. Multiple occurrences of old_str `Hello` in lines: 1,"
                  + " 3. Please ensure it is unique");
      assertThat(memory.refused(replace("/memories/a", "", "x"))).contains("old_str is empty");
      assertThat(memory.content("a")).isEqualTo("Hello\nMiddle\nHello");
    }

    @Test
    void needsAFile() throws Exception {
      memory.file("d/a", "x");

      for (String path : new String[] {"/memories/none", "/memories/d", "/memories"}) {
        assertThat(memory.refused(replace(path, "x", "y")))
            .isEqualTo("Error: The path " + path + " does not exist. Please provide a valid path.");
      }
    }

    @Test
    void findsLinesOfACrlfFile() throws Exception {
      memory.file("a", "\uFEFFone\r\ntwo\r\nthree\u2028more");

      memory.done(replace("/memories/a", "one\ntwo", "1\n2"));

      assertThat(memory.content("a")).isEqualTo("\uFEFF1\r\n2\r\nthree\u2028more");
    }

    @Test
    void leavesMixedLineEndsAlone() throws Exception {
      memory.file("a", "one\r\ntwo\nthree");

      memory.done(replace("/memories/a", "two", "2a\n2b"));

      assertThat(memory.content("a")).isEqualTo("one\r\n2a\n2b\nthree");
    }

    @Test
    void refusesWhatIsNoText() throws Exception {
      memory.bytes("a", new byte[] {(byte) 0xff, (byte) 0xfe, 'x'});

      assertThat(memory.refused(replace("/memories/a", "x", "y")))
          .isEqualTo("Unsupported file type for /memories/a");
    }

    @Test
    void comparesWhatTheCallerExpected() throws Exception {
      memory.file("a", "x");

      assertThat(memory.expecting(Sha256.hex(new byte[0]), replace("/memories/a", "x", "y")))
          .isInstanceOf(MemoryOutcome.Stale.class);
      assertThat(
              memory.expecting(Sha256.hex("x".getBytes(UTF_8)), replace("/memories/a", "x", "y")))
          .isInstanceOf(MemoryOutcome.Done.class);
    }
  }

  @Nested
  class Insert {
    @ParameterizedTest
    @CsvSource({
      "'a\nb\n', 0, x, 'x\na\nb\n'",
      "'a\nb\n', 1, x, 'a\nx\nb\n'",
      "'a\nb\n', 1, 'x\n', 'a\nx\nb\n'",
      "'a\nb\n', 2, x, 'a\nb\nx\n'",
      "'a\nb', 1, x, 'a\nx\nb'",
      "'a\nb', 2, x, 'a\nb\nx'",
      "'', 0, x, 'x\n'",
      "'a\r\nb\r\n', 1, 'x\ny', 'a\r\nx\r\ny\r\nb\r\n'",
      "'\uFEFFa\n', 0, x, '\uFEFFx\na\n'",
      "'a\u2028b\n', 1, x, 'a\u2028b\nx\n'"
    })
    void putsLinesBetweenLines(String before, int line, String text, String after)
        throws Exception {
      memory.file("a", before);

      assertThat(memory.done(insert("/memories/a", line, text)))
          .isEqualTo("The file /memories/a has been edited.");
      assertThat(memory.content("a")).isEqualTo(after);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 3, 10})
    void refusesLinesThatAreNotThere(int line) throws Exception {
      memory.file("a", "Line 1\nLine 2");

      assertThat(memory.refused(insert("/memories/a", line, "x")))
          .isEqualTo(
              "Error: Invalid `insert_line` parameter: "
                  + line
                  + ". It should be within the range of lines of the file: [0, 2]");
    }

    @Test
    void needsAFile() throws Exception {
      memory.file("d/a", "x");

      assertThat(memory.refused(insert("/memories/none", 0, "x")))
          .isEqualTo("Error: The path /memories/none does not exist");
      assertThat(memory.refused(insert("/memories/d", 0, "x")))
          .isEqualTo("Error: The path /memories/d does not exist");
    }
  }

  @Nested
  class Delete {
    @Test
    void removesFilesAndWholeDirectories() throws Exception {
      memory.file("a", "x");
      memory.file("d/e/f", "x");

      assertThat(memory.done(delete("/memories/a"))).isEqualTo("Successfully deleted /memories/a");
      assertThat(memory.done(delete("/memories/d/"))).isEqualTo("Successfully deleted /memories/d");
      assertThat(memory.project).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/memories", "/memories/"})
    void neverRemovesTheWholeMemory(String path) throws Exception {
      memory.file("a", "x");

      assertThat(memory.refused(delete(path)))
          .isEqualTo("Cannot delete the /memories directory itself");
      assertThat(memory.refused(delete("/memories/user/")))
          .isEqualTo("Cannot delete the /memories/user directory itself");
      assertThat(memory.content("a")).isEqualTo("x");
    }

    @Test
    void saysWhatIsNotThere() throws Exception {
      assertThat(memory.refused(delete("/memories/none")))
          .isEqualTo("Error: The path /memories/none does not exist");
    }

    @Test
    void comparesWhatTheCallerExpected() throws Exception {
      memory.file("a", "x");
      String sha = Sha256.hex(new byte[0]);

      assertThat(memory.expecting(sha, delete("/memories/a")))
          .isInstanceOf(MemoryOutcome.Stale.class);
      assertThat(memory.content("a")).isEqualTo("x");
    }
  }

  @Nested
  class Rename {
    @Test
    void movesFilesAndDirectories() throws Exception {
      memory.file("a", "x");
      memory.file("d/e", "y");

      assertThat(memory.done(rename("/memories/a", "/memories/n/m/b")))
          .isEqualTo("Successfully renamed /memories/a to /memories/n/m/b");
      assertThat(memory.done(rename("/memories/d", "/memories/f")))
          .isEqualTo("Successfully renamed /memories/d to /memories/f");
      assertThat(memory.content("n/m/b")).isEqualTo("x");
      assertThat(memory.content("f/e")).isEqualTo("y");
    }

    @Test
    void refusesWhatCannotBeDone() throws Exception {
      memory.file("a", "a");
      memory.file("b", "b");
      memory.file("d/e", "e");

      assertThat(memory.refused(rename("/memories/none", "/memories/c")))
          .isEqualTo("Error: The path /memories/none does not exist");
      assertThat(memory.refused(rename("/memories/a", "/memories/b")))
          .isEqualTo("Error: The destination /memories/b already exists");
      assertThat(memory.refused(rename("/memories/a", "/memories/a")))
          .isEqualTo("Error: The destination /memories/a already exists");
      assertThat(memory.refused(rename("/memories", "/memories/c")))
          .isEqualTo("Cannot rename the /memories directory itself");
      assertThat(memory.refused(rename("/memories/d", "/memories/d/f")))
          .isEqualTo("/memories/d/f lies inside /memories/d.");
      assertThat(memory.content("b")).isEqualTo("b");
    }

    @Test
    void movesFilesBetweenTheProjectsAndTheUsersMemory() throws Exception {
      memory.file("a", "x");
      memory.file("d/e", "y");

      memory.done(rename("/memories/a", "/memories/user/n/a"));

      assertThat(memory.project.resolve("a")).doesNotExist();
      assertThat(memory.user.resolve("n/a")).hasContent("x");
      assertThat(memory.refused(rename("/memories/d", "/memories/user/d")))
          .contains("rename its files one by one");
    }
  }

  @Test
  void keepsTheUsersMemoryApartAndPrivate() throws Exception {
    memory.done(make("/memories/user/a", "mine"));

    assertThat(memory.user.resolve("a")).hasContent("mine");
    assertThat(memory.project.resolve("user")).doesNotExist();
    assertThat(
            java.nio.file.attribute.PosixFilePermissions.toString(
                Files.getPosixFilePermissions(memory.user.resolve("a"))))
        .isEqualTo("rw-------");
    assertThat(memory.done(view("/memories/user/a"))).endsWith("     1\tmine");
  }
}
