package dev.homeport.server.cli;

import dev.homeport.version.git.GitExport;
import dev.homeport.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Writes the history of a workspace as a git repository.
@Command(
    name = "export",
    description = {
      "Write the history of the workspace's files as a bare git repository.",
      "Run again, it adds what came since. `git -C DIR log -p` reads it. What was exported before a"
          + " redaction stays in DIR: delete DIR and export anew."
    })
final class HistoryExportCommand implements Callable<Integer> {
  @Mixin private WorkspaceOption workspace = new WorkspaceOption();

  @Parameters(
      index = "0",
      paramLabel = "DIR",
      description = "The repository: of an earlier export, empty or not there yet.")
  private Path target = Path.of("");

  private final Surroundings surroundings;

  HistoryExportCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    var files = Workspace.open(workspace.of(surroundings));
    Path directory = surroundings.directory().resolve(target);
    GitExport.Exported done = GitExport.export(files, directory);
    surroundings
        .out()
        .println("%d versions became %d commits".formatted(done.versions(), done.commits()));
    done.missing().ifPresent(surroundings::say);
    return ExitCodes.DONE;
  }
}
