package dev.homeport.server.cli;

import dev.homeport.memory.check.MemoryCheck;
import dev.homeport.memory.check.MemoryProblem;
import dev.homeport.memory.check.MemoryReport;
import dev.homeport.secret.SecretAllowList;
import dev.homeport.server.config.Config;
import dev.homeport.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/// Tells what is wrong with the memory.
@Command(
    name = "check",
    description = {
      "Look for orphans, dead links, duplicates, secrets and what is out of date.",
      "Proposes a remedy for each and changes nothing. Exits 1 if there is something to repair."
    })
final class MemoryCheckCommand implements Callable<Integer> {
  @Mixin private WorkspaceOption workspace = new WorkspaceOption();

  @Option(names = "--json", description = "Print one JSON object, for programs.")
  private boolean json;

  private final Surroundings surroundings;

  MemoryCheckCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /// What `--json` prints.
  record Printed(int files, List<Problem> problems) {
    /// @param line from 1; 0 if the problem is about the whole file
    record Problem(String kind, String path, int line, String detail, String remedy) {
      static Problem of(MemoryProblem problem) {
        return new Problem(
            problem.kind().label(),
            problem.path(),
            problem.line(),
            problem.detail(),
            problem.remedy());
      }
    }
  }

  @Override
  public Integer call() throws CommandException, IOException {
    Path directory = workspace.of(surroundings);
    Workspace project = Workspace.open(directory);
    Config config = ServerArguments.config(directory, surroundings, List.of());
    MemoryCheck check = MemoryCheck.of(project, user(), config.memory());
    MemoryReport report =
        ScopedValue.where(SecretAllowList.CURRENT, config.allowed()).call(check::run);
    if (json) {
      List<Printed.Problem> problems = report.problems().stream().map(Printed.Problem::of).toList();
      surroundings
          .out()
          .println(JsonMapper.shared().writeValueAsString(new Printed(report.files(), problems)));
    } else {
      print(report);
    }
    return report.problems().isEmpty() ? ExitCodes.DONE : ExitCodes.FAILED;
  }

  /// The user's own memory, if there is one; a check must not make it.
  private @Nullable Workspace user() throws IOException {
    Path own = surroundings.home().resolve(Workspace.OWN_DIRECTORY).resolve("memory");
    return Files.isDirectory(own) ? Workspace.open(own) : null;
  }

  private void print(MemoryReport report) {
    var rows = new ArrayList<List<String>>();
    for (MemoryProblem problem : report.problems()) {
      String line = problem.line() == 0 ? "" : ":" + problem.line();
      rows.add(List.of(problem.kind().label(), problem.path() + line, problem.detail()));
      rows.add(List.of("", "", "-> " + problem.remedy()));
    }
    TextTable.print(rows, surroundings.out());
    surroundings
        .out()
        .println(
            "%d files checked, %d problems found."
                .formatted(report.files(), report.problems().size()));
  }
}
