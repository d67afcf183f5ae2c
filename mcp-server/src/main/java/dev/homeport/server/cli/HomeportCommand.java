package dev.homeport.server.cli;

import dev.homeport.server.Main;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// The command without a subcommand.
@Command(
    name = "homeport",
    description = "Memory, skills, search and a computer for AI agents, as one MCP server.",
    versionProvider = HomeportCommand.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Without a command, and with standard input not a terminal: stdio.",
      "Start with `homeport doctor`, then `homeport init` in your project."
    })
final class HomeportCommand {
  /// What `--version` prints.
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"homeport " + Main.version()};
    }
  }

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Print the version and exit.")
  boolean versionRequested;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help and exit.")
  boolean helpRequested;
}
