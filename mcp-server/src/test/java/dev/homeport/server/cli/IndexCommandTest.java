package dev.homeport.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class IndexCommandTest {
  @TempDir private Path directory = Path.of("");

  private Path project = Path.of("");

  @BeforeEach
  void makeProject() throws IOException {
    project = Files.createDirectory(directory.resolve("project"));
    Files.writeString(project.resolve("a.txt"), "mutex_lock(a);\n");
    Files.writeString(project.resolve("b.txt"), "nothing\n");
  }

  private CommandRun run(String... arguments) {
    var all = new String[arguments.length + 3];
    all[0] = "index";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    all[arguments.length + 1] = "--workspace";
    all[arguments.length + 2] = project.toString();
    return CommandRun.in(directory, "", all);
  }

  private JsonNode json(String... arguments) {
    return JsonMapper.shared().readTree(run(arguments).out());
  }

  @Test
  void tellsThatThereIsNoIndex() {
    CommandRun run = run("status");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).contains("there is none; grep reads all 2 files", "writer   none");
    assertThat(run("explain", "mutex").out()).contains("All files are read: there is no index.");
  }

  @Test
  void makesTheIndexAndTellsWhetherItIsBehind() throws IOException {
    CommandRun run = run("rebuild");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.err()).contains("2 of 2 files read");
    assertThat(run.out()).contains("up to date with all 2 files", "2 files in 2 chunks");
    JsonNode before = json("status", "--json");
    assertThat(before.get("otherFiles").asInt()).isZero();

    Files.writeString(project.resolve("c.txt"), "more\n");
    assertThat(run("status").out()).contains("behind: 1 of 3 files");
    assertThat(run("rebuild").exit()).isZero();
    assertThat(json("status", "--json").get("indexedFiles").asInt()).isEqualTo(3);
  }

  @Test
  void explainsAPlan() {
    assertThat(run("rebuild").exit()).isZero();

    assertThat(run("explain", "mutex").out())
        .contains("all of", "  \"mut\"  1", "Parts of files", "1 parts of 1 files")
        .contains("of 2 files");
    assertThat(run("explain", "\\w+").out()).contains("no trigram that every match has");
    assertThat(run("explain", "-U", "mutex.*thing").out()).contains("read whole");
    assertThat(json("explain", "--json", "-i", "mut").get("way").asString()).isEqualTo("CHUNKS");
  }

  @Test
  void refusesAPatternThatCannotBeSearchedFor() {
    CommandRun run = run("explain", "(?=a)");

    assertThat(run.exit()).isEqualTo(ExitCodes.USAGE);
    assertThat(run.err()).contains("cannot be searched for", "at character 1");
  }

  @Test
  void tellsADamagedIndex() throws IOException {
    assertThat(run("rebuild").exit()).isZero();
    try (var all = Files.walk(directory.resolve("home"))) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        Files.write(file, new byte[3]);
      }
    }

    CommandRun run = run("status");
    assertThat(run.exit()).isEqualTo(ExitCodes.FAILED);
    assertThat(run.out()).contains("damaged; whoever writes it makes it anew");
    assertThat(run("rebuild").exit()).isZero();
    assertThat(run("status").exit()).isZero();
  }
}
