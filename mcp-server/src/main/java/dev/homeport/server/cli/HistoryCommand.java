package dev.homeport.server.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// What happened to files and memory, for people: the same as the tool `history` for agents.
@Command(
    name = "history",
    description = "List, compare, restore, redact and export versions of files and memory.",
    synopsisSubcommandLabel = "COMMAND")
final class HistoryCommand {
  /// A command of the tool, as people give it.
  ///
  /// @param operands arguments of the tool that are given by their place
  /// @param options arguments of the tool that are given by name
  record Form(String command, String description, List<Operand> operands, List<String> options) {
    /// Whether the tool refuses the command without an argument.
    boolean needs(String option) {
      return command.equals("redact") && option.equals("reason");
    }
  }

  private static final List<Form> FORMS =
      List.of(
          new Form(
              "list",
              "List the versions of a path, the newest first.",
              List.of(new Operand("PATH", "path", false)),
              List.of(
                  "limit", "before", "operation", "actor", "session", "tool", "since", "until")),
          new Form(
              "diff",
              "Show what a version changed, or what differs from it to another one or now.",
              List.of(new Operand("VERSION", "version", true), new Operand("TO", "to", false)),
              List.of()),
          new Form(
              "restore",
              "Give a file the content after a version, or bring back what was deleted.",
              List.of(Operand.VERSION_OR_PATH),
              List.of("expected_sha256", "reason")),
          new Form(
              "redact",
              "Remove the content of a version, or all past contents of a path, for good.",
              List.of(Operand.VERSION_OR_PATH),
              List.of("reason")));

  /// An argument that is given by its place.
  ///
  /// @param label how the help calls it
  /// @param argument the tool's name for it, for a path
  record Operand(String label, String argument, boolean isNeeded) {
    static final Operand VERSION_OR_PATH = new Operand("VERSION|PATH", "path", true);

    private static final String VERSION_PREFIX = "ver_";

    /// The tool's name for what was given: a version is told by its form.
    String argument(String given) {
      return given.startsWith(VERSION_PREFIX) && argument.equals("path") ? "version" : argument;
    }
  }

  static CommandLine commandLine(Surroundings surroundings) {
    var history = new CommandLine(new HistoryCommand());
    for (Form form : FORMS) {
      CommandLine command = new HistoryCall(form, surroundings).commandLine();
      history.addSubcommand(command.getCommandName(), command);
    }
    return history.addSubcommand(new HistoryExportCommand(surroundings));
  }
}
