package dev.homeport.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.server.AuditTail;
import dev.homeport.server.UserDirectories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TailCommandTest {
  @TempDir Path directory;

  private CommandRun tail(String... arguments) {
    var all = new ArrayList<String>();
    all.add("tail");
    all.add("--no-follow");
    all.addAll(List.of(arguments));
    return CommandRun.in(directory, "", all.toArray(String[]::new));
  }

  private Path log(String place, String month) {
    return directory
        .resolve("home/.local/state/homeport")
        .resolve(place)
        .resolve("audit")
        .resolve(month + ".jsonl");
  }

  private void add(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static String line(String time, String principal, String client, boolean ok) {
    return "{\"time\":\"%s\",\"principal\":\"%s\",\"client\":\"%s\",\"tool\":\"write_file\",\"ok\":%s,\"ms\":7}\n"
        .formatted(time, principal, client, ok);
  }

  @Test
  void showsTheCallsOfAllInTheOrderOfTime() throws Exception {
    add(log("", "2026-10"), line("2026-10-31T10:00:00Z", "me", "codex", true));
    add(log("", "2026-11"), line("2026-11-02T10:00:00Z", "me", "codex", false));
    add(log("tenants/alice", "2026-11"), line("2026-11-01T10:00:00Z", "alice", "goose", true));

    CommandRun run = tail();

    assertThat(run.exit()).isZero();
    assertThat(run.out().lines())
        .containsExactly(
            "2026-10-31T10:00:00Z  me  codex  write_file  ok  7 ms",
            "2026-11-01T10:00:00Z  alice  goose  write_file  ok  7 ms",
            "2026-11-02T10:00:00Z  me  codex  write_file  failed  7 ms");
    assertThat(tail("-n", "1").out()).hasLineCount(1).contains("2026-11-02");
  }

  @Test
  void aClientCannotWriteToTheTerminalWhatItLikes() throws Exception {
    add(log("", "2026-11"), line("2026-11-02T10:00:00Z", "me", "\\u001b[2Jnice\\n\\u202e", true));

    assertThat(tail().out()).contains("?[2Jnice??").hasLineCount(1).doesNotContain("\u001b");
  }

  @Test
  void saysThatALineCannotBeReadAndGoesOn() throws Exception {
    add(log("", "2026-11"), "{\"time\n" + line("2026-11-02T10:00:00Z", "me", "codex", true));

    CommandRun run = tail();

    assertThat(run.err()).contains("2026-11.jsonl cannot be read");
    assertThat(run.out()).hasLineCount(1);
  }

  @Test
  void thereMayBeNothingYet() {
    assertThat(tail().exit()).isZero();
    assertThat(tail("--lines=-1").exit()).isEqualTo(ExitCodes.USAGE);
  }

  @Test
  void goesOnWithWhatIsAddedOnceALineIsWhole() throws Exception {
    UserDirectories user = UserDirectories.of(Map.of(), directory.resolve("home"));
    var tail =
        new AuditTail(
            user,
            problem -> {
              throw new AssertionError(problem);
            });
    Path file = log("", "2026-11");
    add(file, line("2026-11-02T10:00:00Z", "me", "codex", true));
    assertThat(tail.next()).hasSize(1);
    String next = line("2026-11-02T10:00:01Z", "me", "goose", true);

    add(file, next.substring(0, 30));
    assertThat(tail.next()).isEmpty();
    add(file, next.substring(30));

    assertThat(tail.next()).extracting(AuditTail.Entry::client).containsExactly("goose");
    add(log("", "2026-12"), line("2026-12-01T00:00:00Z", "me", "cursor", true));
    assertThat(tail.next()).extracting(AuditTail.Entry::client).containsExactly("cursor");
    assertThat(tail.next()).isEmpty();
  }
}
