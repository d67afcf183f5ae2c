package dev.homeport.server.cli.client;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.io.JsonStringEncoder;

/// An MCP client whose configuration we know how to write.
public enum KnownClient {
  /// Anthropic's Claude Code; the file is shared with the project.
  CLAUDE_CODE("claude-code", "Claude Code", Base.WORKSPACE, ".mcp.json", "mcpServers"),
  /// OpenAI's Codex CLI; one file for all projects of a user.
  CODEX("codex", "Codex", Base.CODEX_HOME, "config.toml", "mcp_servers"),
  /// Google's Gemini CLI.
  GEMINI("gemini", "Gemini CLI", Base.WORKSPACE, ".gemini/settings.json", "mcpServers"),
  /// Visual Studio Code.
  VS_CODE("vscode", "VS Code", Base.WORKSPACE, ".vscode/mcp.json", "servers"),
  /// Cursor.
  CURSOR("cursor", "Cursor", Base.WORKSPACE, ".cursor/mcp.json", "mcpServers"),
  /// opencode.
  OPENCODE("opencode", "opencode", Base.WORKSPACE, "opencode.json", "mcp");

  private enum Base {
    WORKSPACE,
    CODEX_HOME
  }

  /// Where configurations may lie.
  ///
  /// @param environment the environment variables, some of which move them
  public record Places(Path workspace, Path home, Map<String, String> environment) {
    /// Copies the environment.
    public Places {
      environment = Map.copyOf(environment);
    }
  }

  private static final String SERVER = "homeport";

  /// Codex 0.171.0 gives up on a call after 300 s; `execute` ends by itself, after 3,600 at most.
  private static final int CODEX_PATIENCE_SECONDS = 3_660;

  private final String id;
  private final String label;
  private final Base base;
  private final String file;
  private final String servers;

  KnownClient(String id, String label, Base base, String file, String servers) {
    this.id = id;
    this.label = label;
    this.base = base;
    this.file = file;
    this.servers = servers;
  }

  /// The name as users write it on the command line.
  public String id() {
    return id;
  }

  /// The name as its makers write it.
  public String label() {
    return label;
  }

  /// The client that a user named.
  public static Optional<KnownClient> of(String id) {
    for (KnownClient client : values()) {
      if (client.id.equals(id)) {
        return Optional.of(client);
      }
    }
    return Optional.empty();
  }

  /// Where its configuration lies.
  public Path file(Places places) {
    return switch (base) {
      case WORKSPACE -> places.workspace().resolve(file);
      case CODEX_HOME -> codexHome(places).resolve(file);
    };
  }

  private static Path codexHome(Places places) {
    String moved = places.environment().getOrDefault("CODEX_HOME", "");
    return moved.isBlank() ? places.home().resolve(".codex") : Path.of(moved);
  }

  /// What a person must still do before the client starts Homeport; empty if that is nothing.
  public Optional<String> remainder() {
    return this == GEMINI
        ? Optional.of("Gemini CLI starts it once you trust this folder (it asks; /permissions)")
        : Optional.empty();
  }

  /// Whether this user or workspace seems to use the client: its file or directory is there.
  public boolean isUsed(Places places) {
    Path workspace = places.workspace();
    Path home = places.home();
    return switch (this) {
      case CLAUDE_CODE -> Files.exists(file(places)) || Files.exists(home.resolve(".claude"));
      case CODEX -> Files.exists(codexHome(places));
      case GEMINI ->
          Files.exists(home.resolve(".gemini")) || Files.exists(workspace.resolve(".gemini"));
      case VS_CODE -> Files.exists(workspace.resolve(".vscode"));
      case CURSOR ->
          Files.exists(home.resolve(".cursor")) || Files.exists(workspace.resolve(".cursor"));
      case OPENCODE -> Files.exists(file(places)) || Files.exists(home.resolve(".config/opencode"));
    };
  }

  /// Whether the text of its configuration names Homeport.
  public boolean isConfigured(String text) {
    return text.contains('"' + SERVER + '"') || text.contains("." + SERVER + "]");
  }

  /// The text of its configuration with Homeport in it; all else stays as it is, to the letter.
  ///
  /// @param text what the file holds now; empty if there is none
  /// @param launcher the absolute path of the `homeport` command
  /// @throws ConfigException if the text is not what the client would accept
  public String configure(String text, Path launcher) throws ConfigException {
    String command = quote(launcher.toString());
    return switch (this) {
      case CODEX -> TomlEdit.putTable(text, servers, SERVER, codexEntry(command));
      case CLAUDE_CODE -> put(text, entry(command, ""));
      case GEMINI -> put(text, geminiEntry(command));
      case VS_CODE, CURSOR ->
          put(text, entry(command, ", \"--workspace\", \"${workspaceFolder}\""));
      case OPENCODE -> put(text, opencodeEntry(command));
    };
  }

  private String put(String text, String entry) throws ConfigException {
    return JsonEdit.put(text, List.of(servers, SERVER), entry);
  }

  private static String entry(String command, String moreArguments) {
    return """
    {
      "type": "stdio",
      "command": %s,
      "args": ["stdio"%s]
    }\
    """
        .formatted(command, moreArguments);
  }

  private static String geminiEntry(String command) {
    return """
    {
      "command": %s,
      "args": ["stdio"]
    }\
    """
        .formatted(command);
  }

  private static String opencodeEntry(String command) {
    return """
    {
      "type": "local",
      "command": [%s, "stdio"],
      "enabled": true
    }\
    """
        .formatted(command);
  }

  private static String codexEntry(String command) {
    return """
    command = %s
    args = ["stdio"]
    tool_timeout_sec = %d
    """
        .formatted(command, CODEX_PATIENCE_SECONDS);
  }

  /// A string of JSON, which is one of TOML too.
  private static String quote(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsCharArray(text)) + '"';
  }
}
