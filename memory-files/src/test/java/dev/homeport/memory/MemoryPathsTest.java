package dev.homeport.memory;

import static dev.homeport.memory.MemoryFixture.delete;
import static dev.homeport.memory.MemoryFixture.insert;
import static dev.homeport.memory.MemoryFixture.make;
import static dev.homeport.memory.MemoryFixture.rename;
import static dev.homeport.memory.MemoryFixture.replace;
import static dev.homeport.memory.MemoryFixture.view;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryPathsTest {
  @TempDir Path temporary;
  MemoryFixture memory;
  Path outside;

  @BeforeEach
  void open() throws IOException {
    memory = new MemoryFixture(temporary);
    outside = Files.createDirectory(temporary.resolve("outside"));
    Files.writeString(outside.resolve("secret"), "secret");
    memory.file("a", "x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "a",
        "memories/a",
        "/memoriesfoo.txt",
        "/memories-evil/a",
        "/MEMORIES/a",
        "/etc/passwd",
        "/memories/../a",
        "/memories/..",
        "/memories/../../../etc/passwd",
        "/memories/a/../../b",
        "/memories/..\\b",
        "/memories/d\\..\\..\\b",
        "/memories/./a",
        "/memories//a",
        "/memories//",
        "/memories/a//",
        "/memories/a\u0000.md",
        "/memories/a\nb",
        "/memories/\u202Ea",
        "/memories/e\u0301",
        "/memories/user/../a",
        "/memories/.homeport/lock",
        "/memories/.homeport-remember",
        "/memories/user/.homeport/lock"
      })
  void refusesPathsOutsideTheGrammar(String path) throws Exception {
    for (MemoryCommand command : commands(path)) {
      assertThat(memory.refused(command)).isNotEmpty().doesNotContain(temporary.toString());
    }
    assertThat(memory.refused(rename("/memories/a", path))).isNotEmpty();
    assertThat(memory.content("a")).isEqualTo("x");
  }

  @Test
  void saysWhyInTheWordsOfTheReference() throws Exception {
    assertThat(memory.refused(view("/etc/passwd")))
        .isEqualTo("Path must start with /memories, got: /etc/passwd");
    assertThat(memory.refused(view("/memories/../../../etc/passwd")))
        .isEqualTo("Path /memories/../../../etc/passwd would escape /memories directory");
  }

  private static List<MemoryCommand> commands(String path) {
    return List.of(
        view(path),
        make(path, "y"),
        replace(path, "x", "y"),
        insert(path, 0, "y"),
        delete(path),
        rename(path, "/memories/b"));
  }

  @Test
  void takesPercentSignsLiterally() throws Exception {
    memory.done(make("/memories/%2e%2e%2fb", "y"));

    assertThat(memory.content("%2e%2e%2fb")).isEqualTo("y");
  }

  @Test
  void isNotLedOutByLinks() throws Exception {
    Files.createSymbolicLink(memory.project.resolve("out"), outside);
    Files.createSymbolicLink(memory.project.resolve("file"), outside.resolve("secret"));

    for (String path : List.of("/memories/out/secret", "/memories/out/new/b")) {
      for (MemoryCommand command : commands(path)) {
        assertThat(memory.refused(command))
            .isEqualTo("Path " + path + " would escape /memories directory");
      }
    }
    assertThat(memory.refused(view("/memories/file"))).contains("would escape");
    assertThat(memory.refused(replace("/memories/file", "s", "t"))).contains("does not exist");
    assertThat(memory.refused(make("/memories/file", "t"))).contains("already exists");
    assertThat(outside.resolve("secret")).hasContent("secret");
    assertThat(outside).isDirectoryNotContaining("glob:**new");
  }

  @Test
  void deletesALinkButNotItsTarget() throws Exception {
    Files.createSymbolicLink(memory.project.resolve("out"), outside);

    memory.done(delete("/memories/out"));

    assertThat(Files.exists(memory.project.resolve("out"), java.nio.file.LinkOption.NOFOLLOW_LINKS))
        .isFalse();
    assertThat(outside.resolve("secret")).hasContent("secret");
  }

  @Test
  void refusesAMemoryDirectoryThatIsALink() throws Exception {
    Path other = Files.createDirectories(temporary.resolve("other/workspace/.homeport"));
    Files.createSymbolicLink(other.resolve("memory"), outside);
    var linked = new MemoryFixture(temporary.resolve("other"));

    assertThat(linked.refused(view("/memories/secret"))).contains("would escape");
    assertThat(linked.refused(make("/memories/new", "x"))).contains("would escape");
    assertThat(outside.resolve("new")).doesNotExist();
  }
}
