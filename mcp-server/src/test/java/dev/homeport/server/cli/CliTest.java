package dev.homeport.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class CliTest {
  @TempDir private Path directory = Path.of("");

  @Test
  void suggestsTheNearestCommandAndOption() {
    assertWrong(run("docter"), "unknown command 'docter'; did you mean doctor?");
    assertWrong(run("tools", "--workspce", "x"), "unknown option '--workspce'; did you mean");
    assertWrong(run("stdio", "--verison"), "unknown option '--verison'; did you mean --version?");
    assertWrong(
        run("tools", "--toolsets", "memry"), "unknown toolset 'memry': did you mean memory?");
    assertWrong(run("init", "--client", "emacs"), "unknown client 'emacs'. Known: claude-code");
    assertWrong(run(), "Missing required subcommand");
  }

  private static void assertWrong(CommandRun run, String message) {
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).hasLineCount(1).contains(message);
  }

  @Test
  void helpsWithEachCommand() {
    for (List<String> command : commands()) {
      var arguments = new ArrayList<>(command);
      arguments.add("--help");

      CommandRun help = run(arguments.toArray(String[]::new));

      assertThat(help.exit()).isZero();
      assertThat(help.out()).contains("Usage: homeport").hasSizeGreaterThan(100);
      assertThat(help.err()).isEmpty();
    }
  }

  private List<List<String>> commands() {
    return Cli.commandLine(
            Surroundings.ofProcess(System.in, OutputStream.nullOutputStream(), System.err))
        .getSubcommands()
        .values()
        .stream()
        .map(CommandLine::getCommandName)
        .map(List::of)
        .toList();
  }

  @Test
  void printsVersionsAndCompletion() {
    assertThat(run("--version").out()).isEqualTo("homeport dev\n");
    assertThat(run("version").out()).contains("java " + Runtime.version());
    assertThat(run("completion").out()).contains("complete -F").contains("doctor");
  }

  @Test
  void listsToolsAsATable() {
    assertThat(run("tools").out()).startsWith("TOOL").contains("TITLE");
  }

  @Test
  void refusesAWorkspaceThatIsMissingOrAFile() throws IOException {
    Files.createFile(directory.resolve("file"));

    assertFails(run("tools", "--workspace", "none"), "none does not exist");
    assertFails(run("tools", "--workspace", "file"), "file is a file, not a directory");
    assertFails(run("doctor", "--workspace", "file"), "");
  }

  private static void assertFails(CommandRun run, String message) {
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains(message).doesNotContain("Exception");
  }

  @Test
  void tellsWhatIsWrongWithTheArgumentsOfACall() {
    assertWrong(run("call", "grep", "{\"a\""), "the arguments are no JSON object");
    assertWrong(run("call", "grep", "[1]"), "the arguments are no JSON object");
    assertWrong(run("call", "grep", "{} {}"), "the arguments are no JSON object");
    assertWrong(run("call"), "Missing required parameter: 'TOOL'");
  }

  @Test
  void printsTheAnswerOfACallAndFailsIfItIsAnError() {
    CommandRun run = CommandRun.in(directory, "{}", "call", "no_such_tool", "-");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).containsIgnoringCase("unknown tool `no_such_tool`");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void doctorNamesARemedyForWhatIsMissing() {
    CommandRun run = run("doctor");

    assertThat(run.out())
        .contains("java ")
        .contains("workspace ")
        .contains("bubblewrap ")
        .contains("docker ")
        .contains("-> `homeport init`");
    assertThat(run.exit()).isIn(0, 3);
  }

  @Test
  void checksTheMemoryOfTheProjectAndOfTheUser() throws IOException {
    assertThat(run("memory", "check").out()).isEqualTo("0 files checked, 0 problems found.\n");
    assertThat(run("memory", "check").exit()).isZero();
    write(".homeport/memory/a.md", "Never on Fridays.");
    write("home/.homeport/memory/MEMORY.md", "- [gone](gone.md)\n");

    CommandRun text = run("memory", "check");
    CommandRun json = run("memory", "check", "--json", "--workspace", ".");

    assertThat(text.exit()).isEqualTo(1);
    assertThat(text.out())
        .contains("orphan    /memories/a.md ", "dangling  /memories/user/MEMORY.md:1 ", "-> ")
        .endsWith("2 files checked, 2 problems found.\n");
    assertThat(text.err()).isEmpty();
    assertThat(json.exit()).isEqualTo(1);
    assertThat(json.out())
        .startsWith(
            "{\"files\":2,\"problems\":[{\"kind\":\"orphan\",\"path\":\"/memories/a.md\",\"line\":0,")
        .endsWith("}]}\n");
    assertFails(run("memory", "check", "--workspace", "none"), "does not exist");
    assertWrong(run("memory"), "Missing required subcommand");
    assertWrong(run("memory", "chek"), "unknown command 'chek'; did you mean check?");
  }

  private void write(String path, String content) throws IOException {
    Path file = directory.resolve(path);
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, content);
  }

  private CommandRun run(String... arguments) {
    return CommandRun.in(directory, "", arguments);
  }
}
