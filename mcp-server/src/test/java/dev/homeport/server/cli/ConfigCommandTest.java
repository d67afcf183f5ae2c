package dev.homeport.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCommandTest {
  @TempDir private Path directory = Path.of("");

  private CommandRun run(String... arguments) {
    return CommandRun.in(directory, "", arguments);
  }

  private void user(String yaml) throws IOException {
    Path file = directory.resolve("home/.config/homeport/config.yaml");
    Files.createDirectories(file.getParent());
    Files.writeString(file, yaml);
  }

  private void project(String yaml) throws IOException {
    Files.createDirectories(directory.resolve(".homeport"));
    Files.writeString(directory.resolve(".homeport/config.yaml"), yaml);
  }

  @Test
  void showsEachSettingAndItsOrigin() throws IOException {
    user("memory: {files: 7}\nsecrets: {allow: [not-shown]}\n");
    project("memory: {files: 9}\n");

    CommandRun run = run("config", "--set", "results.days=3", "--durability", "none");

    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .containsPattern("durability +none +--set durability")
        .containsPattern("memory.files +7 +memory.files in .*config.yaml")
        .containsPattern("results.days +3 +--set results.days")
        .containsPattern("history.days +365 +default")
        .containsPattern("secrets.allow +1 values")
        .doesNotContain("not-shown");
    assertThat(run.err()).contains("memory.files in .homeport/config.yaml is ignored");
  }

  @Test
  void limitsAndAllowListHoldForTheTools() throws IOException {
    String token = "ghp_" + "a1".repeat(18);
    user("secrets: {allow: [%s]}\n".formatted(token));
    project("memory: {file-bytes: 10}\n");

    CommandRun refused =
        run(
            "call",
            "memory",
            "{\"command\": \"create\", \"path\": \"/memories/a\", \"file_text\": \"12345678901\"}");
    CommandRun emitted =
        run(
            "call",
            "session_emit",
            "{\"type\": \"t\", \"data\": {\"t\": \"%s\"}}".formatted(token));
    CommandRun written =
        run("call", "write_file", "{\"path\": \"a\", \"content\": \"%s\"}".formatted(token));
    CommandRun stored = run("call", "result_store", "{\"content\": \"%s\"}".formatted(token));

    assertThat(refused.out()).contains("may have at most 10");
    assertThat(emitted.out()).doesNotContain("masked");
    assertThat(written.out()).doesNotContain("looks like a secret");
    assertThat(stored.exit()).as(stored.err()).isZero();
    assertThat(stored.out()).doesNotContain("masked");
  }

  @Test
  void aWrongFileStopsEveryCommandAndDoctorSaysWhy() throws IOException {
    user("memory: {fils: 7}\n");

    assertThat(run("tools").err()).contains("did you mean memory.files?");
    assertThat(run("tools").exit()).isEqualTo(2);
    CommandRun doctor = run("doctor");
    assertThat(doctor.out()).contains("configuration", "did you mean memory.files?");
    assertThat(doctor.exit()).isEqualTo(1);
  }
}
