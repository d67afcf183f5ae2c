package dev.homeport.server.config;

import static dev.homeport.server.config.ConfigKey.Narrowing.LOWER;
import static dev.homeport.server.config.ConfigKey.Narrowing.NEVER;
import static dev.homeport.server.config.ConfigKey.Narrowing.STRICTEST;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Everything that can be configured.
public enum ConfigKey {
  /// What an acknowledged write survives.
  DURABILITY("durability", Kind.LEVEL, STRICTEST),
  /// Whether the lines of session logs carry a chain of hashes.
  SESSION_HASH_CHAIN("session.hash-chain", Kind.FLAG, STRICTEST),
  /// Whether each call of a tool is logged as an event.
  LOG_TOOL_CALLS("log.tool-calls", Kind.FLAG, NEVER),
  /// What `CLAUDE.md` may import from outside of the workspace.
  APPROVED_IMPORTS("approved-imports", Kind.PATHS, NEVER),
  /// The most bytes of a memory file.
  MEMORY_FILE_BYTES("memory.file-bytes", 32 << 20, LOWER),
  /// The most files of a memory tree.
  MEMORY_FILES("memory.files", 1_000_000, LOWER),
  /// The most bytes of all files of a memory tree.
  MEMORY_TREE_BYTES("memory.tree-bytes", 1L << 40, LOWER),
  /// The most bytes of a stored result.
  RESULTS_RESULT_BYTES("results.result-bytes", 1L << 40, LOWER),
  /// The most bytes of all stored results.
  RESULTS_STORE_BYTES("results.store-bytes", 1L << 40, LOWER),
  /// The most stored results.
  RESULTS_RESULTS("results.results", 1_000_000, LOWER),
  /// How many days a stored result is kept.
  RESULTS_DAYS("results.days", 36_500, LOWER),
  /// The most versions that the history keeps. To lower it takes versions away, so a workspace has
  /// no say in it; the same holds for the next two.
  HISTORY_VERSIONS("history.versions", 10_000_000, NEVER),
  /// How many days a version is kept.
  HISTORY_DAYS("history.days", 36_500, NEVER),
  /// The most bytes of all contents in the history.
  HISTORY_BYTES("history.bytes", 1L << 40, NEVER),
  /// Values that look like secrets and are none.
  SECRETS_ALLOW("secrets.allow", Kind.TEXTS, NEVER),
  /// The same as SHA-256.
  SECRETS_ALLOW_SHA256("secrets.allow-sha256", Kind.TEXTS, NEVER),
  /// Directories where skills are looked for, after those of the user and of the workspace.
  SKILLS_ROOTS("skills.roots", Kind.PATHS, NEVER),
  /// Directories whose skills count before all others: those of an administrator.
  SKILLS_MANAGED("skills.managed", Kind.PATHS, NEVER),
  /// Directories whose skills may run the commands in their texts, in a sandbox, when loaded.
  SKILLS_RUN_COMMANDS("skills.run-commands", Kind.PATHS, NEVER),
  /// Files with the certificates and keys whose signatures of skills count.
  SKILLS_TRUSTED_SIGNERS("skills.trusted-signers", Kind.PATHS, NEVER),
  /// From which severity on what a scan finds keeps a skill from being served.
  SKILLS_QUARANTINE("skills.quarantine", Kind.SEVERITY, STRICTEST),
  /// The IP address that `serve` listens on.
  SERVE_ADDRESS("serve.address", Kind.TEXT, NEVER),
  /// What clients call the endpoint: the audience of their access tokens.
  SERVE_URL("serve.url", Kind.TEXT, NEVER),
  /// What `Host` may be beside loopback names and the host of the URL.
  SERVE_HOSTS("serve.hosts", Kind.TEXTS, NEVER),
  /// What `Origin` may be beside loopback pages.
  SERVE_ORIGINS("serve.origins", Kind.TEXTS, NEVER),
  /// The PEM file with the certificate of the server and its chain.
  SERVE_TLS_CERTIFICATE("serve.tls-certificate", Kind.PATHS, NEVER),
  /// The PEM file with its key.
  SERVE_TLS_KEY("serve.tls-key", Kind.PATHS, NEVER),
  /// The authorization server whose access tokens count.
  SERVE_ISSUER("serve.issuer", Kind.TEXT, NEVER),
  /// The URL of its keys, as a JWK set.
  SERVE_JWKS("serve.jwks", Kind.TEXT, NEVER),
  /// The most requests of one principal in a minute.
  SERVE_REQUESTS_PER_MINUTE("serve.requests-per-minute", 1_000_000, NEVER),
  /// The most calls of one principal at work at a time.
  SERVE_CALLS("serve.calls", 1_024, NEVER),
  /// The most connections at a time.
  SERVE_CONNECTIONS("serve.connections", 100_000, NEVER),
  /// The most legacy sessions of one principal.
  SERVE_SESSIONS("serve.sessions", 100_000, NEVER),
  /// The most legacy sessions of all.
  SERVE_ALL_SESSIONS("serve.all-sessions", 100_000, NEVER),
  /// After so many minutes without use a legacy session ends.
  SERVE_SESSION_MINUTES("serve.session-minutes", 43_200, NEVER),
  /// The loopback port of the metrics.
  SERVE_METRICS_PORT("serve.metrics-port", 65_535, NEVER),
  /// How many sandboxes are kept ready, frozen.
  SANDBOX_POOL("sandbox.pool", 32, LOWER),
  /// What sandboxes may reach of the network.
  SANDBOX_EGRESS("sandbox.egress", Kind.RULES, NEVER),
  /// URLs in variables of sandboxes, for clients that know no proxy.
  SANDBOX_BASE_URLS("sandbox.base-urls", Kind.TEXTS, NEVER),
  /// PEM files with certificates of authorities that the proxy of sandboxes trusts besides.
  SANDBOX_AUTHORITIES("sandbox.authorities", Kind.PATHS, NEVER);

  /// What a workspace may do with the value of the user.
  enum Narrowing {
    /// Give a smaller number.
    LOWER,
    /// Give a choice that stands before it.
    STRICTEST,
    /// Nothing.
    NEVER
  }

  /// The values that a key takes.
  enum Kind {
    /// `full` or `none`.
    LEVEL("full none", ""),
    /// `true` or `false`.
    FLAG("true false", ""),
    /// A severity, or `off`.
    SEVERITY("medium high off", ""),
    /// A whole number from 1; `KiB`, `MiB` and `GiB` may follow it.
    WHOLE("", ""),
    /// Any text.
    TEXT("", ""),
    /// A list with `:` in between.
    PATHS("", ":"),
    /// A list with `,` in between.
    TEXTS("", ","),
    /// A list of rules with keys of their own.
    RULES("", "");

    private final String words;

    /// What stands between the values of a list in a variable or an option; empty if it is none.
    final String separator;

    Kind(String words, String separator) {
      this.words = words;
      this.separator = separator;
    }

    /// The words that it may be, the strictest first.
    List<String> choices() {
      return List.of(words.split(" "));
    }

    /// The words that are stricter than a value, or the strictest one.
    List<String> stricter(String value) {
      return choices().subList(0, Math.max(1, choices().indexOf(value)));
    }
  }

  private final String label;
  private final Kind kind;
  private final long most;
  private final Narrowing narrowing;

  ConfigKey(String label, Kind kind, Narrowing narrowing) {
    this.label = label;
    this.kind = kind;
    this.most = 0;
    this.narrowing = narrowing;
  }

  ConfigKey(String label, long most, Narrowing narrowing) {
    this.label = label;
    this.kind = Kind.WHOLE;
    this.most = most;
    this.narrowing = narrowing;
  }

  /// The name in a file, with a dot behind its section.
  public String label() {
    return label;
  }

  Kind kind() {
    return kind;
  }

  /// The largest number that it takes.
  long most() {
    return most;
  }

  Narrowing narrowing() {
    return narrowing;
  }

  /// The environment variable.
  public String variable() {
    return "HOMEPORT_" + label.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  static Optional<ConfigKey> of(String label) {
    return Arrays.stream(values()).filter(key -> key.label.equals(label)).findFirst();
  }

  static List<String> labels() {
    return Arrays.stream(values()).map(ConfigKey::label).toList();
  }
}
