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

/// What a command that opens a workspace was told: the values of [ServerOptions], without the
/// command-line library, which takes longer to load than the rest of the start.
///
/// @param workspace the directory to work on, if one was named
/// @param toolsets the labels of the groups of tools; empty for all
/// @param readOnly only tools that change nothing
/// @param durability `full` or `none`, if one was named
/// @param set `KEY=VALUE` for the configuration
record ServerArguments(
    Optional<Path> workspace,
    List<String> toolsets,
    boolean readOnly,
    Optional<String> durability,
    List<String> set) {

  /// Reads arguments in their plain form, `--name value` or `--name=value`; empty if there is
  /// anything else among them, which is for the command-line library to understand or to refuse.
  static Optional<ServerArguments> plain(List<String> arguments) {
    Optional<Path> workspace = Optional.empty();
    var toolsets = new ArrayList<String>();
    boolean readOnly = false;
    Optional<String> durability = Optional.empty();
    var set = new ArrayList<String>();
    var left = arguments.iterator();
    while (left.hasNext()) {
      String argument = left.next();
      int equals = argument.indexOf('=');
      String name = equals < 0 ? argument : argument.substring(0, equals);
      if (argument.equals("--read-only") && !readOnly) {
        readOnly = true;
        continue;
      }
      String value =
          equals >= 0 ? argument.substring(equals + 1) : left.hasNext() ? left.next() : "-";
      if (value.isEmpty() || value.startsWith("-")) {
        return Optional.empty();
      }
      switch (name) {
        case "--workspace" -> {
          if (workspace.isPresent()) {
            return Optional.empty();
          }
          workspace = Optional.of(Path.of(value));
        }
        case "--durability" -> {
          if (durability.isPresent()) {
            return Optional.empty();
          }
          durability = Optional.of(value);
        }
        case "--toolsets" -> toolsets.addAll(Arrays.asList(value.split(",", -1)));
        case "--set" -> set.add(value);
        default -> {
          return Optional.empty();
        }
      }
    }
    return Optional.of(new ServerArguments(workspace, toolsets, readOnly, durability, set));
  }

  /// The configuration that this means; warns if the workspace cannot be written, or sets what it
  /// may not.
  ///
  /// @throws CommandException if the workspace is not there, or something in the arguments, the
  ///   environment or a file is unknown or wrong
  ServerConfig config(Surroundings surroundings) throws CommandException {
    Path directory = usable(surroundings.workspace(workspace), surroundings);
    Config config = config(directory, surroundings, allSet());
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

  /// `KEY=VALUE` of all options.
  List<String> allSet() throws CommandException {
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

  /// A directory, if it can be a workspace; warns if it cannot be written.
  static Path usable(Path workspace, Surroundings surroundings) throws CommandException {
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

  /// The groups of tools that are on.
  Set<Toolset> selected() throws CommandException {
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
