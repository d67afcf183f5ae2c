package dev.homeport.server.cli;

import dev.homeport.server.UserDirectories;
import dev.homeport.skills.SkillCatalog;
import dev.homeport.skills.SkillHost;
import dev.homeport.skills.SkillsConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Which skills a command looks at.
final class SkillRootOptions {
  @Option(
      names = "--workspace",
      paramLabel = "DIR",
      description =
          "The directory to work on. Default: CLAUDE_PROJECT_DIR, else the current directory.")
  private Optional<Path> workspace = Optional.empty();

  @Parameters(
      paramLabel = "DIR",
      arity = "0..*",
      description = "Directories with skills. Default: those of the workspace and of the user.")
  private List<Path> directories = List.of();

  /// The catalog; close it, so that what was parsed is kept for the next time.
  SkillCatalog open(Surroundings surroundings) throws CommandException {
    SkillsConfig config =
        SkillsConfig.standard(surroundings.workspace(workspace), surroundings.home());
    if (!directories.isEmpty()) {
      config = new SkillsConfig(List.of(), config.maxDirectories());
      for (Path directory : directories) {
        Path root = surroundings.directory().resolve(directory).normalize();
        if (!Files.isDirectory(root)) {
          throw new CommandException(ExitCodes.FAILED, "there is no directory " + directory);
        }
        config = config.with(SkillsConfig.Root.directory(SkillsConfig.Scope.EXTRA, root));
      }
    }
    Path cache = UserDirectories.of(surroundings.environment(), surroundings.home()).cache();
    return SkillCatalog.open(config, SkillHost.current(), cache.resolve("skills"));
  }
}
