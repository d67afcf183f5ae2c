package dev.homeport.server.cli;

import dev.homeport.search.GrepOption;
import dev.homeport.search.IndexExplanation;
import dev.homeport.search.IndexInspector;
import dev.homeport.search.IndexReport;
import dev.homeport.search.LiveFiles;
import dev.homeport.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import tools.jackson.databind.json.JsonMapper;

/// What is about the index of `grep`.
@Command(
    name = "index",
    description = "Look after the index that makes grep fast.",
    synopsisSubcommandLabel = "COMMAND")
final class IndexCommand {
  private static final Duration LONGEST_REBUILD = Duration.ofMinutes(30);

  @Option(
      names = "--workspace",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description =
          "The directory to work on. Default: CLAUDE_PROJECT_DIR, else the current directory.")
  private Optional<Path> workspace = Optional.empty();

  private final Surroundings surroundings;

  IndexCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /// Work with an index.
  private interface Work<T> {
    T with(IndexInspector inspector) throws IOException, InterruptedException;
  }

  private <T> T inspect(Work<T> work) throws IOException, InterruptedException {
    Workspace project = Workspace.open(surroundings.workspace(workspace));
    try (LiveFiles files = LiveFiles.of(project)) {
      return work.with(IndexInspector.of(project, files, directory(project)));
    }
  }

  private Path directory(Workspace project) {
    return surroundings.user().trigrams(project.root());
  }

  @Command(
      name = "status",
      description = {
        "Show where the index is, how large it is, who writes it, and whether it is behind.",
        "Exits 1 if it cannot be read."
      })
  int status(
      @Option(names = "--json", description = "Print one JSON object, for programs.") boolean json)
      throws IOException, InterruptedException {
    Workspace project = Workspace.open(surroundings.workspace(workspace));
    IndexReport report = inspect(IndexInspector::report);
    if (json) {
      print(report);
    } else {
      TextTable.print(IndexTexts.status(report, directory(project)), surroundings.out());
    }
    return report.problem().isPresent() ? ExitCodes.FAILED : ExitCodes.DONE;
  }

  @Command(
      name = "rebuild",
      description = {
        "Drop the index and make it anew. If a server writes it, that server does it.",
        "Searches go on meanwhile, without it."
      })
  int rebuild() throws IOException, InterruptedException, CommandException {
    boolean isDone =
        inspect(inspector ->
            inspector.rebuild(
                LONGEST_REBUILD,
                (done, all) -> surroundings.err().printf("\r%,d of %,d files read", done, all)));
    surroundings.err().println();
    if (!isDone) {
      throw new CommandException(
          ExitCodes.FAILED,
          "the index was not made anew within 30 minutes; `homeport index status` tells more");
    }
    return status(false);
  }

  @Command(
      name = "explain",
      description = {
        "Show how grep would find the files that a pattern can match, and what that costs.",
        "For each trigram: the most parts of files, of about 16 KiB, that have it."
      })
  int explain(
      @Parameters(paramLabel = "PATTERN", description = "A regular expression as in ripgrep.")
          String pattern,
      @Option(
              names = {"-i", "--ignore-case"},
              description = "Letters match in either case.")
          boolean ignoreCase,
      @Option(
              names = {"-F", "--literal"},
              description = "The pattern is plain text.")
          boolean literal,
      @Option(
              names = {"-U", "--multiline"},
              description = "Matches may cross lines.")
          boolean multiline,
      @Option(names = "--json", description = "Print one JSON object, for programs.") boolean json)
      throws IOException, InterruptedException, CommandException {
    Set<GrepOption> options = EnumSet.noneOf(GrepOption.class);
    if (ignoreCase) {
      options.add(GrepOption.IGNORE_CASE);
    }
    if (literal) {
      options.add(GrepOption.LITERAL);
    }
    if (multiline) {
      options.addAll(Set.of(GrepOption.MULTILINE, GrepOption.DOT_ALL));
    }
    return switch (inspect(inspector -> inspector.explain(pattern, options))) {
      case IndexExplanation.BadPattern(var problem, var position, var advice) ->
          throw new CommandException(
              ExitCodes.USAGE,
              "the pattern cannot be searched for: %s (at character %d). %s"
                  .formatted(problem, position + 1, advice)
                  .strip());
      case IndexExplanation.Plan plan -> {
        if (json) {
          print(plan);
        } else {
          IndexTexts.explain(plan).forEach(surroundings.out()::println);
        }
        yield ExitCodes.DONE;
      }
    };
  }

  private void print(Object value) {
    surroundings.out().println(JsonMapper.shared().writeValueAsString(value));
  }
}
