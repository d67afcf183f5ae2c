package dev.homeport.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenCommandTest {
  @TempDir Path directory;

  private CommandRun run(String... arguments) {
    return CommandRun.in(directory, "", arguments);
  }

  @Test
  void printsATokenOnceAndListsItsHolder() throws IOException {
    Files.createDirectory(directory.resolve("hers"));

    CommandRun added =
        run(
            "token",
            "add",
            "alice",
            "--workspace",
            "hers",
            "--toolsets",
            "memory,plan",
            "--read-only",
            "--days",
            "30");
    CommandRun listed = run("token", "list");

    assertThat(added.exit()).isZero();
    String token = added.out().strip();
    assertThat(token).startsWith("hp_").hasSizeGreaterThan(40);
    assertThat(listed.out())
        .contains(
            "alice", "memory,plan, read-only", directory.resolve("hers").toRealPath().toString())
        .doesNotContain(token);
  }

  @Test
  void removesByName() {
    run("token", "add", "alice");

    assertThat(run("token", "remove", "alice").exit()).isZero();
    assertThat(run("token", "remove", "alice").err()).contains("nobody is called alice");
    assertThat(run("token", "list").err()).contains("nobody");
  }

  @Test
  void refusesWhatCannotBe() {
    assertThat(run("token", "add", "../x").exit()).isEqualTo(2);
    assertThat(run("token", "add", "alice", "--workspace", "missing").err())
        .contains("is no directory");
    assertThat(run("token", "add", "alice", "--days", "0").exit()).isEqualTo(2);
    assertThat(run("token", "add", "alice", "--toolsets", "memry").err())
        .contains("did you mean memory?");
  }

  @Test
  void aSubjectBelongsToOneName() {
    CommandRun first = run("token", "add", "alice", "--subject", "login|1");

    assertThat(first.out()).isEmpty();
    assertThat(run("token", "add", "bob", "--subject", "login|1").err())
        .contains("known here as alice");
  }

  @Test
  void otherMachinesAreNotServedWithoutIdentities() {
    CommandRun run = run("serve", "--port", "0", "--set", "serve.address=0.0.0.0");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("clients must say who they are", "homeport token add");
  }

  @Test
  void saysWhatIsMissingForAnIssuer() {
    assertThat(run("serve", "--set", "serve.issuer=https://login.example").err())
        .contains("serve.url", "serve.jwks");
    assertThat(
            run(
                    "serve",
                    "--set",
                    "serve.issuer=https://login.example",
                    "--set",
                    "serve.url=https://homeport.example/mcp",
                    "--set",
                    "serve.jwks=http://login.example/keys")
                .err())
        .contains("only fetched over https");
    assertThat(run("serve", "--set", "serve.address=homeport.example").err())
        .contains("must be an IP address");
    assertThat(run("serve", "--set", "serve.tls-key=/nowhere.pem").err())
        .contains("belong together");
  }
}
