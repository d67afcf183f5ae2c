package dev.homeport.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.server.tool.HistoryTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HistoryCommandTest {
  @TempDir private Path directory = Path.of("");

  private CommandRun run(String... arguments) {
    return CommandRun.in(directory, "", arguments);
  }

  private void write(String content) {
    CommandRun run =
        run("call", "write_file", "{\"path\": \"a\", \"content\": \"%s\"}".formatted(content));
    assertThat(run.exit()).as(run.err()).isZero();
  }

  private String id(int line) {
    String text = run("history", "list", "a").out().split("\n", -1)[line];
    return text.substring(0, text.indexOf(' '));
  }

  @Test
  void listsComparesRestoresAndRedacts() throws IOException {
    write("one");
    write("two");
    String first = id(1);

    assertThat(run("history", "list", "a", "--operation", "created").out()).hasLineCount(1);
    assertThat(run("history", "diff", id(0)).out()).contains("-one", "+two");
    assertThat(run("history", "diff", first, "now").out()).contains("+two");
    assertThat(run("history", "restore", first, "--reason", "better").out())
        .startsWith("Restored a.");
    assertThat(directory.resolve("a")).hasContent("one");
    assertThat(run("history", "redact", "a", "--reason", "leak").out()).startsWith("Redacted: 1 ");
    Files.delete(directory.resolve("a"));
    assertThat(run("history", "redact", first, "--reason", "leak").out())
        .startsWith("Redacted: 1 ");
  }

  @Test
  void hasTheArgumentsOfTheToolAsOptions() {
    String help = run("history", "list", "--help").out();

    for (Object argument : HistoryTools.arguments().keySet()) {
      boolean isOfAnother =
          Set.of("command", "version", "to", "expected_sha256", "reason").contains(argument);
      String option = argument.equals("path") ? "[PATH]" : "--" + argument + "=";
      assertThat(help.contains(option)).as(option).isNotEqualTo(isOfAnother);
    }
    assertThat(help)
        .contains("--limit=N", "Default 20, at most 200.", "One of created, modified, ");
    assertThat(run("history", "restore", "--help").out())
        .contains("VERSION|PATH", "--expected-sha256=TEXT", "Only if the file has this content.");
    assertThat(run("history", "list", "--limit", "x").exit()).isEqualTo(2);
    assertThat(run("history", "list", "--limt", "1").err()).contains("did you mean --limit?");
  }

  @Test
  void saysWhatIsWrong() {
    CommandRun unknown = run("history", "diff", "ver_none");

    assertThat(unknown.exit()).isEqualTo(1);
    assertThat(unknown.err()).contains("no version ver_none");
    assertThat(run("history", "redact", "a").exit()).isEqualTo(2);
    assertThat(run("history").exit()).isEqualTo(2);
  }
}
