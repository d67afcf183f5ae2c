package dev.homeport.server.cli;

import dev.homeport.server.LogConfig;
import dev.homeport.server.ServerConfig;
import dev.homeport.server.tool.ToolRegistry;
import dev.homeport.server.tool.Toolset;
import dev.homeport.server.tool.schema.NearestName;
import dev.homeport.workspace.Durability;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/// The options of every command that opens a workspace.
final class ServerOptions {
  @Option(
      names = "--workspace",
      paramLabel = "DIR",
      description =
          "The directory to work on. Default: CLAUDE_PROJECT_DIR, else the current directory.")
  private Optional<Path> workspace = Optional.empty();

  @Option(
      names = "--toolsets",
      paramLabel = "NAME",
      split = ",",
      description =
          "Only these groups of tools: memory, files, plan, context, search, skills, sandbox."
              + " Default: all.")
  private List<String> toolsets = List.of();

  @Option(names = "--read-only", description = "Only tools that change nothing.")
  private boolean readOnly;

  @Option(
      names = "--durability",
      paramLabel = "LEVEL",
      description =
          "What an acknowledged write survives: full (the loss of power) or none (only the end of"
              + " this process). Default: HOMEPORT_DURABILITY, else full.")
  private Optional<String> durability = Optional.empty();

  /// The configuration that these options mean; warns if the workspace cannot be written.
  ///
  /// @throws CommandException if the workspace is not there, or a toolset or the value of a
  ///   variable is unknown
  ServerConfig config(Surroundings surroundings) throws CommandException {
    return new ServerConfig(
        usable(surroundings.workspace(workspace), surroundings),
        new ToolRegistry.Selection(selected(), readOnly),
        durability(surroundings),
        new LogConfig(
            isOn("HOMEPORT_SESSION_HASH_CHAIN", surroundings),
            isOn("HOMEPORT_LOG_TOOL_CALLS", surroundings)));
  }

  /// The configuration when no option is given.
  static ServerConfig defaults(Surroundings surroundings) throws CommandException {
    return new ServerOptions().config(surroundings);
  }

  private static Path usable(Path workspace, Surroundings surroundings) throws CommandException {
    if (!Files.exists(workspace)) {
      throw new CommandException(
          ExitCodes.FAILED,
          "the workspace " + workspace + " does not exist; create it or choose another");
    }
    if (!Files.isDirectory(workspace)) {
      throw new CommandException(
          ExitCodes.FAILED, "the workspace " + workspace + " is a file, not a directory");
    }
    if (!Files.isReadable(workspace) || !Files.isExecutable(workspace)) {
      throw new CommandException(
          ExitCodes.FAILED, "the workspace " + workspace + " cannot be read by this user");
    }
    if (!Files.isWritable(workspace)) {
      surroundings.say(
          "the workspace " + workspace + " is read-only for this user: reading works, writes fail");
    }
    return workspace;
  }

  private static boolean isOn(String variable, Surroundings surroundings) throws CommandException {
    String value = surroundings.environment().getOrDefault(variable, "").strip();
    return switch (value) {
      case "true" -> true;
      case "", "false" -> false;
      default ->
          throw new CommandException(
              ExitCodes.USAGE, variable + " is '" + value + "', but must be true or false");
    };
  }

  private Set<Toolset> selected() throws CommandException {
    if (toolsets.isEmpty()) {
      return EnumSet.allOf(Toolset.class);
    }
    var selected = EnumSet.noneOf(Toolset.class);
    for (String label : toolsets) {
      selected.add(Toolset.of(label.strip()).orElseThrow(() -> unknown(label)));
    }
    return selected;
  }

  private Durability durability(Surroundings surroundings) throws CommandException {
    String level =
        durability
            .or(() -> Optional.ofNullable(surroundings.environment().get("HOMEPORT_DURABILITY")))
            .filter(text -> !text.isBlank())
            .orElse("full");
    return switch (level.strip()) {
      case "full" -> Durability.FULL;
      case "none" -> Durability.NONE;
      default ->
          throw new CommandException(
              ExitCodes.USAGE, "unknown durability '" + level + "': it is full or none");
    };
  }

  private static CommandException unknown(String label) {
    List<String> known = Arrays.stream(Toolset.values()).map(Toolset::label).toList();
    String hint =
        NearestName.of(label, known).map(name -> "did you mean " + name + "? ").orElse("");
    return new CommandException(
        ExitCodes.USAGE,
        "unknown toolset '%s': %sKnown: %s".formatted(label, hint, String.join(", ", known)));
  }
}
