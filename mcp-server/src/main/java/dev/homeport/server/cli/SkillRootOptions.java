package dev.homeport.server.cli;

import dev.homeport.server.SkillSettings;
import dev.homeport.skills.SkillCatalog;
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

  /// How skills are configured for the workspace.
  SkillSettings settings(Surroundings surroundings) throws CommandException {
    return settings(workspace.of(surroundings), surroundings);
  }

  /// How skills are configured for a workspace.
  static SkillSettings settings(Path directory, Surroundings surroundings) throws CommandException {
    return new SkillSettings(
        directory, surroundings.user(), ServerOptions.config(directory, surroundings, List.of()));
  }

  /// The catalog; close it, so that what was parsed is kept for the next time.
  SkillCatalog open(Surroundings surroundings) throws CommandException {
    SkillSettings settings = settings(surroundings);
    SkillsConfig config = settings.roots();
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
    return settings.catalog(config);
  }
}
