package dev.homeport.server.cli;

import dev.homeport.sandbox.SandboxException;
import dev.homeport.server.cli.client.ConfigException;
import dev.homeport.server.tool.ToolFault;
import dev.homeport.server.tool.schema.NearestName;
import dev.homeport.skills.source.SourceException;
import dev.homeport.workspace.WorkspaceException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// The command line as a whole: which commands there are, and how failures are told.
public final class Cli {
  private Cli() {}

  /// Runs one command.
  ///
  /// @return the exit code: 0 done, 1 failed, 2 wrong command line, 3 no sandbox here
  public static int run(Surroundings surroundings, String... arguments) {
    return plainStdio(arguments)
        .map(stdio -> runStdio(surroundings, stdio))
        .orElseGet(() -> commandLine(surroundings).execute(arguments));
  }

  private static Optional<ServerArguments> plainStdio(String... arguments) {
    return arguments.length > 0 && arguments[0].equals("stdio")
        ? ServerArguments.plain(Arrays.asList(arguments).subList(1, arguments.length))
        : Optional.empty();
  }

  /// The way that clients start us, without the time that the command-line library takes.
  private static int runStdio(Surroundings surroundings, ServerArguments arguments) {
    try {
      return StdioCommand.serve(surroundings, arguments.config(surroundings));
    } catch (CommandException | IOException | InterruptedException failure) {
      return tell(surroundings, failure);
    }
  }

  static CommandLine commandLine(Surroundings surroundings) {
    var root = new CommandLine(new HomeportCommand());
    root.addSubcommand(new StdioCommand(surroundings));
    root.addSubcommand(new ServeCommand(surroundings));
    root.addSubcommand(
        new CommandLine(new TokenCommand())
            .addSubcommand(new TokenAddCommand(surroundings))
            .addSubcommand(new TokenListCommand(surroundings))
            .addSubcommand(new TokenRemoveCommand(surroundings)));
    root.addSubcommand(new DemoCommand(surroundings));
    root.addSubcommand(new InitCommand(surroundings));
    root.addSubcommand(new DoctorCommand(surroundings));
    root.addSubcommand(new StatusCommand(surroundings));
    root.addSubcommand(new TailCommand(surroundings));
    root.addSubcommand(new ConfigCommand(surroundings));
    root.addSubcommand(new ToolsCommand(surroundings));
    root.addSubcommand(new CallCommand(surroundings));
    root.addSubcommand(HistoryCommand.commandLine(surroundings));
    root.addSubcommand(
        new CommandLine(new SandboxCommand()).addSubcommand(new SandboxImageCommand(surroundings)));
    root.addSubcommand(
        new CommandLine(new MemoryCommand()).addSubcommand(new MemoryCheckCommand(surroundings)));
    root.addSubcommand(new IndexCommand(surroundings));
    root.addSubcommand(
        new CommandLine(new SkillsCommand())
            .addSubcommand(new SkillsListCommand(surroundings))
            .addSubcommand(new SkillsAddCommand(surroundings))
            .addSubcommand(new SkillsUpdateCommand(surroundings))
            .addSubcommand(new SkillsPinCommand(surroundings))
            .addSubcommand(new SkillsRemoveCommand(surroundings))
            .addSubcommand(new SkillsLintCommand(surroundings))
            .addSubcommand(new SkillsScanCommand(surroundings))
            .addSubcommand(new SkillsAcceptCommand(surroundings))
            .addSubcommand(new SkillsStatsCommand(surroundings))
            .addSubcommand(new SkillsEvalCommand(surroundings)));
    root.addSubcommand(new CompletionCommand(surroundings));
    root.addSubcommand(new VersionCommand(surroundings));
    root.setOut(new PrintWriter(surroundings.out(), true, StandardCharsets.UTF_8));
    root.setErr(new PrintWriter(surroundings.err(), true, StandardCharsets.UTF_8));
    root.setParameterExceptionHandler((wrong, _) -> tellUsage(surroundings, wrong));
    root.setExecutionExceptionHandler((failure, _, _) -> tell(surroundings, failure));
    return root;
  }

  private static int tell(Surroundings surroundings, Exception failure) {
    switch (failure) {
      case CommandException told -> {
        surroundings.say(told.getMessage() + "");
        return told.exitCode();
      }
      case WorkspaceException told -> surroundings.say(told.getMessage() + "");
      case SourceException told -> surroundings.say(told.getMessage() + "");
      case SandboxException told -> surroundings.say(told.getMessage() + "");
      case ConfigException told -> surroundings.say(told.getMessage() + "");
      case ToolFault told -> surroundings.say(told.getMessage() + "");
      case IOException failed -> surroundings.say("input or output failed: " + failed);
      case InterruptedException _ -> surroundings.say("interrupted");
      default -> {
        surroundings.say("this is a bug of Homeport, please report it:");
        failure.printStackTrace(surroundings.err());
      }
    }
    return ExitCodes.FAILED;
  }

  private static int tellUsage(Surroundings surroundings, ParameterException wrong) {
    CommandLine command = wrong.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    surroundings.say(what(wrong, command) + " (see `" + name + " --help`)");
    return ExitCodes.USAGE;
  }

  private static String what(ParameterException wrong, CommandLine command) {
    if (wrong instanceof UnmatchedArgumentException unmatched) {
      String argument = unmatched.getUnmatched().getFirst();
      return argument.startsWith("-")
          ? unknown("option", argument, options(command))
          : unknown("command", argument, command.getSubcommands().keySet());
    }
    String message = String.valueOf(wrong.getMessage());
    return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
  }

  /// The command's own, and those of the program: a word before a command goes to `stdio`.
  private static Set<String> options(CommandLine command) {
    var options = new LinkedHashSet<String>(command.getCommandSpec().optionsMap().keySet());
    options.addAll(command.getCommandSpec().root().optionsMap().keySet());
    return options;
  }

  private static String unknown(String kind, String argument, Collection<String> known) {
    if (known.isEmpty()) {
      return "unexpected argument '" + argument + "'";
    }
    String name = argument.contains("=") ? argument.substring(0, argument.indexOf('=')) : argument;
    Optional<String> nearest = NearestName.of(name, List.copyOf(known));
    return "unknown %s '%s'%s"
        .formatted(kind, name, nearest.map(near -> "; did you mean " + near + "?").orElse(""));
  }
}
