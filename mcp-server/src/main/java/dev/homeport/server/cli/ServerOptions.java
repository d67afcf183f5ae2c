package dev.homeport.server.cli;

import dev.homeport.server.ServerConfig;
import java.util.List;
import java.util.Optional;
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

  /// What was given on the command line.
  ServerArguments arguments() {
    return new ServerArguments(workspace.given(), toolsets, readOnly, durability, set);
  }

  /// The configuration that these options mean.
  ///
  /// @throws CommandException as [ServerArguments#config] does
  ServerConfig config(Surroundings surroundings) throws CommandException {
    return arguments().config(surroundings);
  }
}
