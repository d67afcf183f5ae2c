package dev.homeport.server.cli;

import dev.homeport.server.UserDirectories;
import dev.homeport.server.config.Config;
import dev.homeport.skills.SkillCatalog;
import dev.homeport.skills.SkillHost;
import dev.homeport.skills.SkillsConfig;
import dev.homeport.skills.store.SkillSources;
import dev.homeport.skills.store.SourceRoots;
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

  /// What is configured for the workspace.
  Config config(Surroundings surroundings) throws CommandException {
    return ServerArguments.config(workspace.of(surroundings), surroundings, List.of());
  }

  /// The catalog; close it, so that what was parsed is kept for the next time.
  SkillCatalog open(Surroundings surroundings) throws CommandException, IOException {
    UserDirectories user = UserDirectories.of(surroundings.environment(), surroundings.home());
    Path directory = workspace.of(surroundings);
    SkillsConfig config = SkillsConfig.standard(directory, surroundings.home());
    Path cache = user.cache().resolve("skills");
    if (namesDirectories()) {
      return SkillCatalog.open(named(surroundings), SkillHost.current(), cache);
    }
    return Files.isDirectory(directory)
        ? SkillCatalog.open(
            SourceRoots.of(Workspace.open(directory), user.state(), config),
            SkillHost.current(),
            cache)
        : SkillCatalog.open(config, SkillHost.current(), cache);
  }

  /// Whether only directories that were named are looked at.
  boolean namesDirectories() {
    return !directories.isEmpty();
  }

  /// The sources of the workspace; empty if there is no workspace.
  Optional<SkillSources> sources(Surroundings surroundings) throws IOException {
    Path directory = workspace.of(surroundings);
    UserDirectories user = UserDirectories.of(surroundings.environment(), surroundings.home());
    return Files.isDirectory(directory)
        ? Optional.of(SkillSources.of(Workspace.open(directory), user.state(), surroundings.home()))
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
