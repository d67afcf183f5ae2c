package dev.homeport.server.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.homeport.memory.MemoryLimits;
import dev.homeport.result.ResultLimits;
import dev.homeport.sandbox.SandboxTemplate;
import dev.homeport.sandbox.egress.EgressPolicy;
import dev.homeport.secret.SecretAllowList;
import dev.homeport.server.tool.schema.NearestName;
import dev.homeport.version.Retention;
import dev.homeport.workspace.Durability;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspaceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// The configuration in effect: the defaults, then the user's file, the workspace's file as far as
/// it narrows, environment variables, options; the later wins. Immutable.
public final class Config {
  private static final int MOST_BYTES = 64 * 1_024;
  private static final String HOME = "~/";
  private static final Set<ConfigKey> ABSOLUTE =
      EnumSet.of(
          ConfigKey.SKILLS_ROOTS,
          ConfigKey.SKILLS_MANAGED,
          ConfigKey.SKILLS_RUN_COMMANDS,
          ConfigKey.SKILLS_TRUSTED_SIGNERS,
          ConfigKey.SERVE_TLS_CERTIFICATE,
          ConfigKey.SERVE_TLS_KEY,
          ConfigKey.SANDBOX_AUTHORITIES);
  private static final String WORKSPACE_FILE = Workspace.OWN_DIRECTORY + "/config.yaml";

  private final Map<ConfigKey, Setting> settings = new EnumMap<>(ConfigKey.class);
  private final List<String> ignored = new ArrayList<>();
  private EgressPolicy egress = EgressPolicy.NONE;

  private Config() {
    MemoryLimits memory = MemoryLimits.DEFAULT;
    ResultLimits results = ResultLimits.DEFAULT;
    Retention history = Retention.DEFAULT;
    set(ConfigKey.DURABILITY, "full");
    set(ConfigKey.SESSION_HASH_CHAIN, "false");
    set(ConfigKey.LOG_TOOL_CALLS, "false");
    set(ConfigKey.MEMORY_FILE_BYTES, memory.fileBytes());
    set(ConfigKey.MEMORY_FILES, memory.files());
    set(ConfigKey.MEMORY_TREE_BYTES, memory.treeBytes());
    set(ConfigKey.RESULTS_RESULT_BYTES, results.resultBytes());
    set(ConfigKey.RESULTS_STORE_BYTES, results.storeBytes());
    set(ConfigKey.RESULTS_RESULTS, results.results());
    set(ConfigKey.RESULTS_DAYS, results.days());
    set(ConfigKey.HISTORY_VERSIONS, history.versions());
    set(ConfigKey.HISTORY_DAYS, history.age().toDays());
    set(ConfigKey.HISTORY_BYTES, history.bytes());
    set(ConfigKey.SKILLS_QUARANTINE, "high");
    set(ConfigKey.SERVE_REQUESTS_PER_MINUTE, 6_000);
    set(ConfigKey.SERVE_CALLS, 64);
    set(ConfigKey.SERVE_CONNECTIONS, 4_096);
    set(ConfigKey.SERVE_SESSIONS, 1_024);
    set(ConfigKey.SERVE_ALL_SESSIONS, 8_192);
    set(ConfigKey.SERVE_SESSION_MINUTES, 240);
    set(ConfigKey.SANDBOX_POOL, SandboxTemplate.DEFAULT.pool());
    for (ConfigKey key : ConfigKey.values()) {
      settings.putIfAbsent(key, new Setting(List.of(), "default"));
    }
  }

  private void set(ConfigKey key, Object value) {
    settings.put(key, new Setting(List.of(String.valueOf(value)), "default"));
  }

  /// The defaults alone.
  public static Config defaults() {
    return new Config();
  }

  /// Reads all sources.
  ///
  /// @throws BadConfigException if one of them has an unknown key or a wrong value
  public static Config load(ConfigSources sources) throws BadConfigException, IOException {
    var config = new Config();
    if (Files.exists(sources.userFile())) {
      config.settings.putAll(
          ConfigDocument.read(userText(sources.userFile()), sources.userFile().toString()));
    }
    Optional<String> narrowing = workspaceText(sources.workspace());
    if (narrowing.isPresent()) {
      config.narrow(ConfigDocument.read(narrowing.get(), WORKSPACE_FILE));
    }
    for (ConfigKey key : ConfigKey.values()) {
      String value = sources.environment().getOrDefault(key.variable(), "");
      if (!value.isBlank()) {
        config.settings.put(key, Setting.parse(key, value, key.variable()));
      }
    }
    for (String option : sources.options()) {
      config.option(option);
    }
    config.requireDigests();
    for (ConfigKey key : ABSOLUTE) {
      config.requireAbsolute(key);
    }
    config.egress =
        EgressSettings.read(
            config.setting(ConfigKey.SANDBOX_EGRESS), config.setting(ConfigKey.SANDBOX_BASE_URLS));
    return config;
  }

  private static String userText(Path file) throws IOException, BadConfigException {
    if (Files.size(file) > MOST_BYTES) {
      throw new BadConfigException(file + " has more than " + MOST_BYTES + " bytes");
    }
    return new String(Files.readAllBytes(file), UTF_8);
  }

  /// Read through the jail: what a repository brings may be a link or a pipe.
  private static Optional<String> workspaceText(Path workspace)
      throws IOException, BadConfigException {
    if (!Files.isDirectory(workspace.resolve(Workspace.OWN_DIRECTORY))) {
      return Optional.empty();
    }
    try {
      Workspace jail = Workspace.open(workspace);
      return jail.readIfPresent(jail.path(WORKSPACE_FILE), MOST_BYTES)
          .map(bytes -> new String(bytes, UTF_8));
    } catch (WorkspaceException e) {
      throw new BadConfigException(String.valueOf(e.getMessage()));
    }
  }

  private void narrow(Map<ConfigKey, Setting> given) {
    given.forEach((key, setting) -> {
      Setting current = setting(key);
      if (isNarrower(key, setting, current)) {
        settings.put(key, setting);
      } else if (!setting.values().equals(current.values())) {
        String may =
            switch (key.narrowing()) {
              case LOWER -> "may only lower it";
              case STRICTEST ->
                  "may only set it to " + String.join(" or ", key.kind().stricter(current.word()));
              case NEVER -> "cannot set it";
            };
        ignored.add(
            "%s is ignored, as a workspace %s; it stays %s"
                .formatted(setting.origin(), may, current.text()));
      }
    });
  }

  private static boolean isNarrower(ConfigKey key, Setting given, Setting current) {
    return switch (key.narrowing()) {
      case LOWER -> given.number() < current.number();
      case STRICTEST -> key.kind().stricter(current.word()).contains(given.word());
      case NEVER -> false;
    };
  }

  private void option(String option) throws BadConfigException {
    int equals = option.indexOf('=');
    String label = equals < 0 ? option : option.substring(0, equals);
    ConfigKey key =
        ConfigKey.of(label)
            .orElseThrow(() ->
                new BadConfigException(
                    "--set: unknown key '%s': %sKnown: %s"
                        .formatted(
                            label,
                            NearestName.of(label, ConfigKey.labels())
                                .map(nearest -> "did you mean " + nearest + "? ")
                                .orElse(""),
                            String.join(", ", ConfigKey.labels()))));
    if (equals < 0) {
      throw new BadConfigException("--set " + label + " has no value; write " + label + "=VALUE");
    }
    settings.put(key, Setting.parse(key, option.substring(equals + 1), "--set " + label));
  }

  private void requireDigests() throws BadConfigException {
    Setting digests = setting(ConfigKey.SECRETS_ALLOW_SHA256);
    for (String digest : digests.values()) {
      if (digest.length() != 64 || !digest.chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
        throw new BadConfigException(
            digests.origin() + " has '" + digest + "', but must have 64 hexadecimal digits each");
      }
    }
  }

  /// A path that is not absolute would mean something else in each directory.
  private void requireAbsolute(ConfigKey key) throws BadConfigException {
    for (String path : setting(key).values()) {
      if (!path.startsWith("/") && !path.startsWith(HOME)) {
        throw new BadConfigException(
            "%s has '%s', but must have paths that begin with / or ~/"
                .formatted(setting(key).origin(), path));
      }
    }
  }

  /// The paths of a key.
  ///
  /// @param home what `~/` stands for
  public List<Path> paths(ConfigKey key, Path home) {
    return setting(key).values().stream()
        .map(path ->
            path.startsWith(HOME) ? home.resolve(path.substring(HOME.length())) : Path.of(path))
        .map(Path::normalize)
        .toList();
  }

  /// The value of a key, and where it comes from.
  public Setting setting(ConfigKey key) {
    return Objects.requireNonNull(settings.get(key));
  }

  /// One sentence for each setting of the workspace's file that does not count.
  public List<String> ignored() {
    return List.copyOf(ignored);
  }

  /// Whether a key is on.
  public boolean isOn(ConfigKey key) {
    return setting(key).word().equals("true");
  }

  /// The text of a key that has at most one; empty if it is not set.
  public Optional<String> text(ConfigKey key) {
    return setting(key).values().stream().filter(text -> !text.isBlank()).findFirst();
  }

  /// The value of a key that is a number.
  public long number(ConfigKey key) {
    return setting(key).number();
  }

  /// What an acknowledged write survives.
  public Durability durability() {
    return setting(ConfigKey.DURABILITY).word().equals("full") ? Durability.FULL : Durability.NONE;
  }

  /// What the memory may hold.
  public MemoryLimits memory() {
    MemoryLimits standard = MemoryLimits.DEFAULT;
    return new MemoryLimits(
        (int) setting(ConfigKey.MEMORY_FILE_BYTES).number(),
        (int) setting(ConfigKey.MEMORY_FILES).number(),
        setting(ConfigKey.MEMORY_TREE_BYTES).number(),
        standard.viewCharacters(),
        standard.indexLines(),
        standard.indexBytes());
  }

  /// What the store of results may hold; a result is at most as large as the store.
  public ResultLimits results() {
    long store = setting(ConfigKey.RESULTS_STORE_BYTES).number();
    return new ResultLimits(
        Math.min(setting(ConfigKey.RESULTS_RESULT_BYTES).number(), store),
        store,
        (int) setting(ConfigKey.RESULTS_RESULTS).number(),
        (int) setting(ConfigKey.RESULTS_DAYS).number());
  }

  /// How much of the history is kept.
  public Retention history() {
    return new Retention(
        (int) setting(ConfigKey.HISTORY_VERSIONS).number(),
        Duration.ofDays(setting(ConfigKey.HISTORY_DAYS).number()),
        setting(ConfigKey.HISTORY_BYTES).number());
  }

  /// What sandboxes are made like.
  ///
  /// @param home what `~/` stands for
  public SandboxTemplate sandboxes(Path home) {
    List<Path> authorities = paths(ConfigKey.SANDBOX_AUTHORITIES, home);
    return SandboxTemplate.DEFAULT
        .withPool((int) setting(ConfigKey.SANDBOX_POOL).number())
        .withEgress(new EgressPolicy(egress.rules(), egress.baseUrls(), authorities));
  }

  /// What is not taken for a secret.
  public SecretAllowList allowed() {
    return new SecretAllowList(
        Set.copyOf(setting(ConfigKey.SECRETS_ALLOW).values()),
        Set.copyOf(setting(ConfigKey.SECRETS_ALLOW_SHA256).values()));
  }

  /// What instructions may import from outside of the workspace, with `:` in between.
  public String approvedImports() {
    return String.join(":", setting(ConfigKey.APPROVED_IMPORTS).values());
  }
}
