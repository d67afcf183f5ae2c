package dev.homeport.server.cli;

import dev.homeport.server.cli.client.ConfigException;
import dev.homeport.server.cli.client.ConfigFile;
import dev.homeport.server.cli.client.KnownClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Enters Homeport into the configuration of clients.
@Command(
    name = "init",
    description = {
      "Set up MCP clients so that they start Homeport for this workspace.",
      "Shows each change and asks before it writes; what else a file holds stays as it is."
    })
final class InitCommand implements Callable<Integer> {
  private static final List<String> IGNORED =
      List.of(".homeport", ".homeport/", "/.homeport", "/.homeport/");

  @Mixin private WorkspaceOption workspace = new WorkspaceOption();

  @Option(
      names = "--client",
      paramLabel = "NAME",
      split = ",",
      description =
          "Only this client: claude-code, codex, gemini, vscode, cursor, opencode, or all."
              + " Default: claude-code and those that are in use here.")
  private List<String> names = List.of();

  @Option(names = "--yes", description = "Write without asking.")
  private boolean yes;

  @Option(names = "--dry-run", description = "Show the changes and write nothing.")
  private boolean dryRun;

  @Option(
      names = "--gitignore",
      description = "Add .homeport/ (memory, sessions, versions) to .gitignore.")
  private boolean ignore;

  private final Surroundings surroundings;

  InitCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws CommandException, IOException {
    Path launcher =
        surroundings
            .launcher()
            .orElseThrow(() ->
                new CommandException(
                    ExitCodes.FAILED, "run init through the script ./homeport of the checkout"));
    Path directory = workspace.of(surroundings);
    if (!Files.isDirectory(directory)) {
      throw new CommandException(
          ExitCodes.FAILED, "the workspace " + directory + " is no directory");
    }

    var question = new Question(surroundings);
    boolean allDone = true;
    for (KnownClient client : clients(directory)) {
      allDone &= setUp(client, client.file(surroundings.places(directory)), launcher, question);
    }
    offerIgnore(directory, question);
    return allDone ? ExitCodes.DONE : ExitCodes.FAILED;
  }

  private Set<KnownClient> clients(Path directory) throws CommandException {
    var clients = new LinkedHashSet<KnownClient>();
    for (String name : names) {
      if (name.equals("all")) {
        clients.addAll(List.of(KnownClient.values()));
      } else {
        clients.add(KnownClient.of(name).orElseThrow(() -> unknown(name)));
      }
    }
    if (names.isEmpty()) {
      clients.add(KnownClient.CLAUDE_CODE);
      Arrays.stream(KnownClient.values())
          .filter(client -> client.isUsed(surroundings.places(directory)))
          .forEach(clients::add);
    }
    return clients;
  }

  private static CommandException unknown(String name) {
    String known =
        Arrays.stream(KnownClient.values()).map(KnownClient::id).collect(Collectors.joining(", "));
    return new CommandException(
        ExitCodes.USAGE, "unknown client '" + name + "'. Known: " + known + ", all");
  }

  /// Returns false if the file cannot be changed.
  private boolean setUp(KnownClient client, Path path, Path launcher, Question question)
      throws IOException {
    var file = new ConfigFile(path);
    String before = file.read();
    String after;
    try {
      after = client.configure(before, launcher);
    } catch (ConfigException cannot) {
      surroundings.say(path + " stays as it is: " + cannot.getMessage());
      return false;
    }
    if (after.equals(before)) {
      surroundings.say(client.label() + " is set up already in " + path);
      return true;
    }
    if (offer(new Change(client.label(), path, before, after), yes, question)) {
      client.remainder().ifPresent(surroundings::say);
    }
    return true;
  }

  private void offerIgnore(Path directory, Question question) throws IOException {
    Path path = directory.resolve(".gitignore");
    String before = new ConfigFile(path).read();
    boolean ignored = before.lines().map(String::strip).anyMatch(IGNORED::contains);
    if (ignored || !Files.exists(directory.resolve(".git"))) {
      return;
    }
    if (yes && !ignore) {
      surroundings.say("--gitignore keeps .homeport/ (memory, sessions, versions) out of git");
      return;
    }
    String gap = before.isEmpty() || before.endsWith("\n") ? "" : "\n";
    offer(new Change("git", path, before, before + gap + ".homeport/\n"), ignore, question);
  }

  /// Returns whether it was written.
  private boolean offer(Change change, boolean granted, Question question) throws IOException {
    Path path = change.file();
    surroundings.say(change.label() + ": " + path + (Files.exists(path) ? " changes" : " is new"));
    LineDiff.between(change.before(), change.after()).forEach(surroundings.err()::println);
    if (dryRun) {
      return false;
    }
    if (granted || question.ask("Write " + path + "?")) {
      new ConfigFile(path).write(change.after());
      surroundings.say("wrote " + path);
      return true;
    }
    surroundings.say("left " + path + " as it is (--yes writes without asking)");
    return false;
  }

  private record Change(String label, Path file, String before, String after) {}
}
