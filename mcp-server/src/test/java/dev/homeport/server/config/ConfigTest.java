package dev.homeport.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeport.memory.MemoryLimits;
import dev.homeport.result.ResultLimits;
import dev.homeport.sandbox.egress.BaseUrl;
import dev.homeport.sandbox.egress.EgressPolicy;
import dev.homeport.sandbox.egress.EgressRule;
import dev.homeport.version.Retention;
import dev.homeport.workspace.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class ConfigTest {
  @TempDir Path home;
  @TempDir Path workspace;

  private Path userFile() {
    return ConfigSources.userFile(Map.of(), home);
  }

  private void user(String yaml) throws IOException {
    Files.createDirectories(userFile().getParent());
    Files.writeString(userFile(), yaml);
  }

  private void project(String yaml) throws IOException {
    Files.createDirectories(workspace.resolve(".homeport"));
    Files.writeString(workspace.resolve(".homeport/config.yaml"), yaml);
  }

  private Config load(Map<String, String> environment, String... options)
      throws BadConfigException, IOException {
    return Config.load(new ConfigSources(userFile(), workspace, environment, List.of(options)));
  }

  @Test
  void theDefaultsAreThoseOfTheLibraries() throws Exception {
    Config config = load(Map.of());

    assertThat(config.durability()).isEqualTo(Durability.FULL);
    assertThat(config.memory()).isEqualTo(MemoryLimits.DEFAULT);
    assertThat(config.results()).isEqualTo(ResultLimits.DEFAULT);
    assertThat(config.history()).isEqualTo(Retention.DEFAULT);
    assertThat(config.allowed().values()).isEmpty();
    assertThat(config.ignored()).isEmpty();
  }

  @Test
  void theUsersFileSetsEverything() throws Exception {
    user(
        """
        # mine
        durability: none
        approved-imports: [~/notes, /opt/team/rules.md]
        memory:
          file-bytes: 20 MiB
          files: 3000
        results: {days: 7, store-bytes: 1MiB}
        history:
          versions: 50
          days: 10
          bytes: 1KiB
        secrets:
          allow:
            - ghp_mine
          allow-sha256: ["%s"]
        """
            .formatted("aB".repeat(32)));

    Config config = load(Map.of());

    assertThat(config.durability()).isEqualTo(Durability.NONE);
    assertThat(config.approvedImports()).isEqualTo("~/notes:/opt/team/rules.md");
    assertThat(config.memory().fileBytes()).isEqualTo(20 << 20);
    assertThat(config.memory().files()).isEqualTo(3_000);
    assertThat(config.results()).isEqualTo(new ResultLimits(1 << 20, 1 << 20, 2_000, 7));
    assertThat(config.history()).isEqualTo(new Retention(50, Duration.ofDays(10), 1_024));
    assertThat(config.allowed().values()).containsExactly("ghp_mine");
    assertThat(config.allowed().sha256()).containsExactly("ab".repeat(32));
    assertThat(config.setting(ConfigKey.MEMORY_FILES).origin())
        .isEqualTo("memory.files in " + userFile());
  }

  @Test
  void aWorkspaceOnlyNarrows() throws Exception {
    user("memory: {files: 100, tree-bytes: 5000}\ndurability: none\n");
    project(
        """
        durability: full
        session: {hash-chain: true}
        log: {tool-calls: true}
        memory: {files: 50, tree-bytes: 6000}
        history: {versions: 1}
        secrets: {allow: [x]}
        approved-imports: [/etc]
        """);

    Config config = load(Map.of());

    assertThat(config.durability()).isEqualTo(Durability.FULL);
    assertThat(config.isOn(ConfigKey.SESSION_HASH_CHAIN)).isTrue();
    assertThat(config.isOn(ConfigKey.LOG_TOOL_CALLS)).isFalse();
    assertThat(config.memory().files()).isEqualTo(50);
    assertThat(config.memory().treeBytes()).isEqualTo(5_000);
    assertThat(config.history()).isEqualTo(Retention.DEFAULT);
    assertThat(config.allowed().values()).isEmpty();
    assertThat(config.approvedImports()).isEmpty();
    assertThat(config.ignored())
        .hasSize(5)
        .contains(
            "memory.tree-bytes in .homeport/config.yaml is ignored, as a workspace may only lower"
                + " it; it stays 5000");
  }

  @Test
  void environmentAndOptionsWin() throws Exception {
    user("memory: {files: 100}\n");
    project("memory: {files: 50, tree-bytes: 10}\n");
    var environment =
        Map.of("HOMEPORT_MEMORY_FILES", "200", "HOMEPORT_APPROVED_IMPORTS", "/a: /b:", "X", "y");

    Config config = load(environment, "memory.tree-bytes=2 KiB", "durability=none");

    assertThat(config.memory().files()).isEqualTo(200);
    assertThat(config.memory().treeBytes()).isEqualTo(2_048);
    assertThat(config.approvedImports()).isEqualTo("/a:/b");
    assertThat(config.durability()).isEqualTo(Durability.NONE);
    assertThat(config.setting(ConfigKey.MEMORY_FILES).origin()).isEqualTo("HOMEPORT_MEMORY_FILES");
    assertThat(config.setting(ConfigKey.MEMORY_TREE_BYTES).origin())
        .isEqualTo("--set memory.tree-bytes");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "memroy: {files: 3}            | line 1: unknown key 'memroy.files': did you mean"
            + " memory.files?",
        "durabilty: full               | unknown key 'durabilty': did you mean durability?",
        "memory: {files: many}         | is 'many', but must be a whole number from 1 to 1000000",
        "memory: {files: 0}            | is '0', but must be",
        "memory: {file-bytes: 99GiB}   | is '99GiB', but must be",
        "memory: {file-bytes: 9999999999999999GiB} | but must be",
        "memory: {files: [1, 2]}       | has 2 values",
        "memory: {files: {a: 1}}       | a name or a single value is missing",
        "memory: {files: 1, files: 2}  | stands there twice",
        "durability: fast              | is 'fast', but must be full or none",
        "secrets: {allow-sha256: [ab]} | must have 64 hexadecimal digits",
        "[1]                           | there must be keys with values",
        "a: [                          | line 1",
        "memory: *x                    | unknown key 'memory'",
        "memory: {files: *x}           | a name or a single value is missing",
      })
  void saysWhatIsWrong(String yaml, String message) throws IOException {
    user(yaml);

    assertThatThrownBy(() -> load(Map.of()))
        .isInstanceOf(BadConfigException.class)
        .hasMessageContaining(message);
  }

  @Test
  void saysWhatIsWrongElsewhere() throws IOException {
    assertThatThrownBy(() -> load(Map.of(), "memory.fils=3"))
        .hasMessageContaining("did you mean memory.files?");
    assertThatThrownBy(() -> load(Map.of(), "memory.files")).hasMessageContaining("no value");
    assertThatThrownBy(() -> load(Map.of("HOMEPORT_RESULTS_DAYS", "x")))
        .hasMessage("HOMEPORT_RESULTS_DAYS is 'x', but must be a whole number from 1 to 36500");
    project("memory:\n  fils: 3\n");
    assertThatThrownBy(() -> load(Map.of()))
        .hasMessageStartingWith(".homeport/config.yaml, line 2: unknown key 'memory.fils'");
    user("x".repeat(70_000));
    assertThatThrownBy(() -> load(Map.of())).hasMessageContaining("more than 65536 bytes");
  }

  @Test
  void emptyFilesSayNothing() throws Exception {
    user("# nothing yet\n");
    project("");

    assertThat(load(Map.of()).memory()).isEqualTo(MemoryLimits.DEFAULT);
  }

  @Test
  void followsNoLinkThatAWorkspaceBrings() throws IOException {
    Files.createDirectories(workspace.resolve(".homeport"));
    Files.createSymbolicLink(workspace.resolve(".homeport/config.yaml"), home.resolve("secret"));
    Files.writeString(home.resolve("secret"), "password: hunter2");

    assertThatThrownBy(() -> load(Map.of()))
        .isInstanceOf(BadConfigException.class)
        .hasMessageContaining("is a symbolic link")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void aDeepFileIsRefusedAtOnce() throws IOException {
    user("a: " + "[".repeat(60_000));

    assertThatThrownBy(() -> load(Map.of())).isInstanceOf(BadConfigException.class);
  }

  @Test
  void aWorkspaceMayOnlyMakeTheQuarantineStricter() throws Exception {
    project("skills: {quarantine: medium}");
    assertThat(load(Map.of()).setting(ConfigKey.SKILLS_QUARANTINE).text()).isEqualTo("medium");

    project("skills: {quarantine: off, trusted-signers: [/repository/own.pem]}");
    Config config = load(Map.of());
    assertThat(config.setting(ConfigKey.SKILLS_QUARANTINE).text()).isEqualTo("high");
    assertThat(config.paths(ConfigKey.SKILLS_TRUSTED_SIGNERS, home)).isEmpty();
    assertThat(config.ignored())
        .anyMatch(line -> line.contains("may only set it to medium; it stays high"))
        .anyMatch(line -> line.contains("skills.trusted-signers"));

    user("skills: {quarantine: off}");
    project("skills: {quarantine: high}");
    assertThat(load(Map.of()).setting(ConfigKey.SKILLS_QUARANTINE).text()).isEqualTo("high");
    assertThatThrownBy(() -> load(Map.of(), "skills.quarantine=low"))
        .hasMessageContaining("must be medium or high or off");
  }

  @Test
  void pathsBeginAtTheRootOrAtHome() throws Exception {
    user("skills: {trusted-signers: [~/keys/a.pem, /b/../c.pem]}");

    assertThat(load(Map.of()).paths(ConfigKey.SKILLS_TRUSTED_SIGNERS, home))
        .containsExactly(home.resolve("keys/a.pem"), Path.of("/c.pem"));

    user("skills: {trusted-signers: [keys/a.pem]}");
    assertThatThrownBy(() -> load(Map.of())).hasMessageContaining("begin with / or ~/");
  }

  @Test
  void theUsersFileOpensTheNetwork() throws Exception {
    user(
        """
        sandbox:
          egress:
            - host: api.github.com
              methods: [GET]
              paths: /repos/acme
              credential:
                {header: Authorization, value: "Bearer ${secret}", from: {command: [pass, gh]}}
            - {host: "*.npmjs.org", ports: [443, 8443]}
            - {host: git.internal, addresses: [10.0.0.7]}
          base-urls: GITHUB_API_URL=https://api.github.com/repos
          authorities: ~/company.pem
        """);

    EgressPolicy policy = load(Map.of()).sandboxes(home).egress();

    assertThat(policy.rules())
        .extracting(EgressRule::toString)
        .containsExactly(
            "api.github.com:443 GET /repos/acme with Authorization 'Bearer ${secret}' from"
                + " command:pass",
            "*.npmjs.org:443,8443",
            "git.internal:443 at 10.0.0.7");
    assertThat(policy.baseUrls()).extracting(BaseUrl::variable).containsExactly("GITHUB_API_URL");
    assertThat(policy.authorities()).containsExactly(home.resolve("company.pem"));
  }

  @Test
  void anOptionOpensTheNetworkAndAWorkspaceDoesNot() throws Exception {
    project("sandbox: {egress: [{host: evil.example}]}\n");

    Config config = load(Map.of());
    Config opened = load(Map.of(), "sandbox.egress=[{host: api.example.com}]");

    assertThat(config.sandboxes(home).egress().isNone()).isTrue();
    assertThat(config.ignored().getFirst()).contains("as a workspace cannot set it");
    assertThat(opened.sandboxes(home).egress().rules())
        .containsExactly(EgressRule.of("api.example.com"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[{hosts: a.b}]|rule 1: unknown key 'hosts': did you mean host? Known: host, ports",
        "[{ports: 443}]|rule 1: 'host' is missing",
        "[{host: a.b}, {host: 127.1}]|rule 2: '127.1' is no host",
        "[{host: a.b, ports: https}]|rule 1: port 'https' is no number",
        "[{host: a.b, paths: [/a/../b]}]|rule 1: path '/a/../b' must begin with /",
        "[{host: a.b, credential: {header: X}}]|rule 1: 'value' is missing",
        "[{host: a.b, credential: {header: X, value: '${secret}', from: 'sec:X'}}]|env:NAME",
        "[a.b]|must be a list of rules",
        "a.b|must be a list",
        "[{host: [[[[[a]]]]]}]|too deep",
        "[{host: a, host: b}]|twice",
        "[{host: *a}]|"
      })
  void saysWhatIsWrongWithARule(String rules, String message) {
    assertThatThrownBy(() -> load(Map.of(), "sandbox.egress=" + rules))
        .isInstanceOf(BadConfigException.class)
        .hasMessageStartingWith("--set sandbox.egress")
        .hasMessageContaining(message == null ? "sandbox.egress" : message);
  }
}
