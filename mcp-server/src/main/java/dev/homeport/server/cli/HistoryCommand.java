package dev.homeport.server.cli;

import dev.homeport.server.Homeport;
import dev.homeport.server.tool.ToolResult;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What happened to files and memory, for people: the same as the tool `history` for agents.
@Command(
    name = "history",
    description = "List, compare, restore, redact and export versions of files and memory.",
    synopsisSubcommandLabel = "COMMAND")
final class HistoryCommand {
  static CommandLine commandLine(Surroundings surroundings) {
    return new CommandLine(new HistoryCommand())
        .addSubcommand(new ListVersions(surroundings))
        .addSubcommand(new Diff(surroundings))
        .addSubcommand(new Restore(surroundings))
        .addSubcommand(new Redact(surroundings))
        .addSubcommand(new HistoryExportCommand(surroundings));
  }

  /// What all of them do: call the tool and print what it answers.
  abstract static class Call implements Callable<Integer> {
    private static final String VERSION_PREFIX = "ver_";

    @Mixin private ServerOptions options = new ServerOptions();

    private final String command;
    private final Surroundings surroundings;

    Call(String command, Surroundings surroundings) {
      this.command = command;
      this.surroundings = surroundings;
    }

    abstract void fill(Map<String, Object> arguments);

    /// A version or a path, as its form tells.
    static void put(Map<String, Object> arguments, String target) {
      arguments.put(target.startsWith(VERSION_PREFIX) ? "version" : "path", target);
    }

    @Override
    public Integer call() throws CommandException {
      var arguments = new LinkedHashMap<String, Object>();
      arguments.put("command", command);
      fill(arguments);
      try (Homeport homeport = Homeport.open(options.config(surroundings))) {
        ToolResult result =
            homeport
                .tools()
                .call(
                    "history",
                    arguments,
                    homeport.context(
                        "homeport-history",
                        Map.of(),
                        (_, _, message) -> surroundings.say(message)));
        if (result.isError()) {
          surroundings.say(result.text());
          return ExitCodes.FAILED;
        }
        surroundings.out().println(result.text());
        return ExitCodes.DONE;
      }
    }
  }

  /// Lists versions.
  @Command(name = "list", description = "List the versions of a path, the newest first.")
  static final class ListVersions extends Call {
    @Parameters(
        index = "0",
        arity = "0..1",
        paramLabel = "PATH",
        description = "File, directory or /memories path. Default: all of the workspace.")
    private Optional<String> path = Optional.empty();

    @Option(names = "--limit", paramLabel = "N", description = "At most 200. Default: 20.")
    private Optional<Integer> limit = Optional.empty();

    @Option(names = "--before", paramLabel = "VERSION", description = "Only older ones.")
    private Optional<String> before = Optional.empty();

    @Option(
        names = "--operation",
        paramLabel = "NAME",
        description = "created, modified, deleted, moved, found, missed or redacted.")
    private Optional<String> operation = Optional.empty();

    @Option(names = "--actor", paramLabel = "NAME", description = "By whom.")
    private Optional<String> actor = Optional.empty();

    @Option(names = "--session", paramLabel = "ID", description = "In which session.")
    private Optional<String> session = Optional.empty();

    @Option(names = "--tool", paramLabel = "NAME", description = "With which tool.")
    private Optional<String> tool = Optional.empty();

    @Option(names = "--since", paramLabel = "TIME", description = "Date or time, ISO 8601.")
    private Optional<String> since = Optional.empty();

    @Option(names = "--until", paramLabel = "TIME", description = "Date or time, ISO 8601.")
    private Optional<String> until = Optional.empty();

    ListVersions(Surroundings surroundings) {
      super("list", surroundings);
    }

    @Override
    void fill(Map<String, Object> arguments) {
      path.ifPresent(value -> arguments.put("path", value));
      limit.ifPresent(value -> arguments.put("limit", value));
      before.ifPresent(value -> arguments.put("before", value));
      operation.ifPresent(value -> arguments.put("operation", value));
      actor.ifPresent(value -> arguments.put("actor", value));
      session.ifPresent(value -> arguments.put("session", value));
      tool.ifPresent(value -> arguments.put("tool", value));
      since.ifPresent(value -> arguments.put("since", value));
      until.ifPresent(value -> arguments.put("until", value));
    }
  }

  /// Shows a difference.
  @Command(
      name = "diff",
      description = "Show what a version changed, or what differs from it to another one or now.")
  static final class Diff extends Call {
    @Parameters(index = "0", paramLabel = "VERSION", description = "As `history list` shows it.")
    private String version = "";

    @Parameters(
        index = "1",
        arity = "0..1",
        paramLabel = "TO",
        description = "Another version, or `now`.")
    private Optional<String> to = Optional.empty();

    Diff(Surroundings surroundings) {
      super("diff", surroundings);
    }

    @Override
    void fill(Map<String, Object> arguments) {
      arguments.put("version", version);
      to.ifPresent(value -> arguments.put("to", value));
    }
  }

  /// Restores.
  @Command(
      name = "restore",
      description = "Give a file the content after a version, or bring back what was deleted.")
  static final class Restore extends Call {
    @Parameters(
        index = "0",
        paramLabel = "VERSION|PATH",
        description = "A version, or a path whose last deletion is undone.")
    private String target = "";

    @Option(
        names = "--expected-sha256",
        paramLabel = "HEX",
        description = "Only if the file has this content.")
    private Optional<String> expected = Optional.empty();

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the record.")
    private Optional<String> reason = Optional.empty();

    Restore(Surroundings surroundings) {
      super("restore", surroundings);
    }

    @Override
    void fill(Map<String, Object> arguments) {
      put(arguments, target);
      expected.ifPresent(value -> arguments.put("expected_sha256", value));
      reason.ifPresent(value -> arguments.put("reason", value));
    }
  }

  /// Redacts.
  @Command(
      name = "redact",
      description = "Remove the content of a version, or all past contents of a path, for good.")
  static final class Redact extends Call {
    @Parameters(index = "0", paramLabel = "VERSION|PATH", description = "What is to be redacted.")
    private String target = "";

    @Option(
        names = "--reason",
        required = true,
        paramLabel = "TEXT",
        description = "Why, which stays on record.")
    private String reason = "";

    Redact(Surroundings surroundings) {
      super("redact", surroundings);
    }

    @Override
    void fill(Map<String, Object> arguments) {
      put(arguments, target);
      arguments.put("reason", reason);
    }
  }
}
