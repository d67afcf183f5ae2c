package dev.homeport.server.cli;

import dev.homeport.server.SkillSettings;
import dev.homeport.skills.SkillCatalog;
import dev.homeport.skills.SkillsConfig;
import dev.homeport.skills.store.SkillSources;
import dev.homeport.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
        directory, surroundings.user(), ServerArguments.config(directory, surroundings, List.of()));
  }

  /// The catalog; close it, so that what was parsed is kept for the next time.
  SkillCatalog open(Surroundings surroundings) throws CommandException, IOException {
    SkillSettings settings = settings(surroundings);
    if (namesDirectories()) {
      return settings.catalog(named(surroundings));
    }
    Path directory = workspace.of(surroundings);
    return Files.isDirectory(directory)
        ? settings.catalog(Workspace.open(directory))
        : settings.catalog(settings.roots());
  }

  /// Whether only directories that were named are looked at.
  boolean namesDirectories() {
    return !directories.isEmpty();
  }

  /// The sources of the workspace; empty if there is no workspace.
  Optional<SkillSources> sources(Surroundings surroundings) throws IOException {
    Path directory = workspace.of(surroundings);
    return Files.isDirectory(directory)
        ? Optional.of(
            SkillSources.of(
                Workspace.open(directory), surroundings.user().state(), surroundings.home()))
        : Optional.empty();
  }

  private SkillsConfig named(Surroundings surroundings) throws CommandException {
    var config = new SkillsConfig(List.of(), SkillsConfig.DEFAULT_MAX_DIRECTORIES);
    for (Path directory : directories) {
      Path root = surroundings.directory().resolve(directory).normalize();
      if (!Files.isDirectory(root)) {
        throw new CommandException(ExitCodes.FAILED, "there is no directory " + directory);
      }
      config = config.with(SkillsConfig.Root.directory(SkillsConfig.Scope.EXTRA, root));
    }
    return config;
  }
}
