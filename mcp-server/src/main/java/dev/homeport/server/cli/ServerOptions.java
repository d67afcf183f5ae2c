package dev.homeport.server.cli;

import dev.homeport.server.ServerConfig;
import dev.homeport.server.config.BadConfigException;
import dev.homeport.server.config.Config;
import dev.homeport.server.config.ConfigKey;
import dev.homeport.server.config.ConfigSources;
import dev.homeport.server.tool.ToolRegistry;
import dev.homeport.server.tool.Toolset;
import dev.homeport.server.tool.schema.NearestName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options of every command that opens a workspace.
final class ServerOptions {
  @Mixin private WorkspaceOption workspace = new WorkspaceOption();

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

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Configure one thing; `homeport config` lists the keys. May be given often.")
  private List<String> set = List.of();

  /// The configuration that these options mean; warns if the workspace cannot be written, or sets
  /// what it may not.
  ///
  /// @throws CommandException if the workspace is not there, or something in the options, the
  ///   environment or a file is unknown or wrong
  ServerConfig config(Surroundings surroundings) throws CommandException {
    Path directory = usable(workspace.of(surroundings), surroundings);
    Config config = config(directory, surroundings, set());
    config.ignored().forEach(surroundings::say);
    return new ServerConfig(directory, new ToolRegistry.Selection(selected(), readOnly), config);
  }

  /// What is configured for a workspace.
  ///
  /// @param set `KEY=VALUE`, which win over all else
  static Config config(Path workspace, Surroundings surroundings, List<String> set)
      throws CommandException {
    Map<String, String> environment = surroundings.environment();
    Path own = ConfigSources.userFile(environment, surroundings.home());
    try {
      return Config.load(new ConfigSources(own, workspace, environment, set));
    } catch (BadConfigException wrong) {
      throw new CommandException(ExitCodes.USAGE, String.valueOf(wrong.getMessage()));
    } catch (IOException unreadable) {
      throw new CommandException(
          ExitCodes.FAILED, "the configuration cannot be read: " + unreadable.getMessage());
    }
  }

  private List<String> set() throws CommandException {
    var all = new ArrayList<>(set);
    if (durability.isPresent()) {
      String level = durability.get().strip();
      if (!level.equals("full") && !level.equals("none")) {
        throw new CommandException(
            ExitCodes.USAGE, "unknown durability '" + level + "': it is full or none");
      }
      all.add(ConfigKey.DURABILITY.label() + "=" + level);
    }
    return all;
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

  private static CommandException unknown(String label) {
    List<String> known = Arrays.stream(Toolset.values()).map(Toolset::label).toList();
    String hint =
        NearestName.of(label, known).map(name -> "did you mean " + name + "? ").orElse("");
    return new CommandException(
        ExitCodes.USAGE,
        "unknown toolset '%s': %sKnown: %s".formatted(label, hint, String.join(", ", known)));
  }
}
