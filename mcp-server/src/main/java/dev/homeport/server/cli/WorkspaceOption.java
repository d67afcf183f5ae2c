package dev.homeport.server.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Which workspace a command is about.
final class WorkspaceOption {
  @Option(
      names = "--workspace",
      paramLabel = "DIR",
      description =
          "The directory to work on. Default: CLAUDE_PROJECT_DIR, else the current directory.")
  private Optional<Path> workspace = Optional.empty();

  /// The directory that was named, if one was.
  Optional<Path> given() {
    return workspace;
  }

  /// The workspace, whether it is there or not.
  Path of(Surroundings surroundings) {
    return surroundings.workspace(workspace);
  }
}
