package dev.homeport.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.server.cli.client.KnownClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

final class InitCommandTest {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private Path directory = Path.of("");

  @Test
  void setsUpClaudeCodeAfterAYes() throws IOException {
    CommandRun run = init("y\n");

    assertThat(run.exit()).isZero();
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("Write " + directory.resolve(".mcp.json") + "? [y/N]");
    var entry = JSON.readTree(directory.resolve(".mcp.json").toFile()).at("/mcpServers/homeport");
    assertThat(entry.get("command").asString()).isEqualTo("/opt/my homeport/homeport");
    assertThat(entry.get("args").get(0).asString()).isEqualTo("stdio");
  }

  @Test
  void writesNothingWithoutAnAnswerOrInADryRun() {
    for (CommandRun run :
        new CommandRun[] {init(""), init("n\n"), init("y\n", "--dry-run", "--client", "all")}) {
      assertThat(run.exit()).isZero();
      assertThat(run.err()).contains("+     \"homeport\"");
      assertThat(directory).isEmptyDirectory();
    }
  }

  @Test
  void setsUpEveryClientAndIsContentTheSecondTime() {
    assertThat(init("", "--yes", "--client", "all").exit()).isZero();

    CommandRun again = init("", "--yes", "--client", "all");

    assertThat(again.err()).hasLineCount(KnownClient.values().length).doesNotContain("wrote");
    assertThat(CommandRun.in(directory, "", "doctor").out())
        .contains("configured in " + directory.resolve("home/.codex/config.toml"))
        .contains("configured in " + directory.resolve(".vscode/mcp.json"));
  }

  @Test
  void setsUpTheClientsThatAreInUse() throws IOException {
    Files.createDirectories(directory.resolve(".cursor"));

    init("", "--yes");

    assertThat(directory.resolve(".mcp.json")).exists();
    assertThat(directory.resolve(".cursor/mcp.json")).exists();
    assertThat(directory.resolve("opencode.json")).doesNotExist();
  }

  @Test
  void letsCodexWaitForTheLongestExecuteInTheHomeThatItReads() throws IOException {
    Path moved = Files.createDirectories(directory.resolve("elsewhere"));

    CommandRun run =
        CommandRun.in(directory, "", Map.of("CODEX_HOME", moved.toString()), "init", "--yes");

    assertThat(run.exit()).isZero();
    assertThat(moved.resolve("config.toml")).content().contains("tool_timeout_sec = 3660\n");
    assertThat(directory.resolve("home/.codex")).doesNotExist();
  }

  @Test
  void saysThatGeminiWantsTheFolderTrusted() {
    assertThat(init("", "--yes", "--client", "gemini").err())
        .contains("once you trust this folder");
    assertThat(init("", "--yes", "--client", "codex").err()).doesNotContain("trust");
  }

  @Test
  void leavesABrokenFileAloneAndFails() throws IOException {
    Path file = Files.writeString(directory.resolve(".mcp.json"), "{ oops");

    CommandRun run = init("", "--yes");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains(file + " stays as it is: it is no valid JSON (line 1)");
    assertThat(file).hasContent("{ oops");
  }

  @Test
  void writesThroughALinkAndKeepsPermissions() throws IOException {
    Path real = Files.writeString(directory.resolve("real.json"), "{}\n");
    Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-------"));
    Path link = Files.createSymbolicLink(directory.resolve(".mcp.json"), Path.of("real.json"));

    init("", "--yes");

    assertThat(link).isSymbolicLink();
    assertThat(real).content().contains("homeport");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(real)))
        .isEqualTo("rw-------");
  }

  @Test
  void offersToKeepItsFilesOutOfGit() throws IOException {
    Files.createDirectories(directory.resolve(".git"));
    Path ignore = Files.writeString(directory.resolve(".gitignore"), "target/");

    assertThat(init("", "--yes").err()).contains("--gitignore keeps .homeport/");
    assertThat(ignore).hasContent("target/");

    init("y\n");
    assertThat(ignore).hasContent("target/\n.homeport/\n");
    assertThat(init("").err()).doesNotContain(".gitignore");
  }

  private CommandRun init(String input, String... arguments) {
    var all = new ArrayList<String>();
    all.add("init");
    all.addAll(List.of(arguments));
    return CommandRun.in(directory, input, all.toArray(String[]::new));
  }
}
