package dev.homeport.server.cli;

import dev.homeport.server.UserDirectories;
import dev.homeport.server.config.Config;
import dev.homeport.skills.SkillCatalog;
import dev.homeport.skills.SkillHost;
import dev.homeport.skills.SkillsConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Which skills a command looks at.
final class SkillRootOptions {
  @Mixin private WorkspaceOption workspace = new WorkspaceOption();

  @Parameters(
      paramLabel = "DIR",
      arity = "0..*",
      description = "Directories with skills. Default: those of the workspace and of the user.")
  private List<Path> directories = List.of();

  /// What is configured for the workspace.
  Config config(Surroundings surroundings) throws CommandException {
    return ServerArguments.config(workspace.of(surroundings), surroundings, List.of());
  }

  /// The catalog; close it, so that what was parsed is kept for the next time.
  SkillCatalog open(Surroundings surroundings) throws CommandException {
    SkillsConfig config = SkillsConfig.standard(workspace.of(surroundings), surroundings.home());
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
