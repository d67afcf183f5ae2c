package dev.homeport.server.cli;

import dev.homeport.server.UserDirectories;
import dev.homeport.server.tool.schema.NearestName;
import dev.homeport.skills.source.LockedSource;
import dev.homeport.skills.source.SkillLock;
import dev.homeport.skills.source.SourceException;
import dev.homeport.skills.source.SourceName;
import dev.homeport.skills.store.SkillSources;
import dev.homeport.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;

/// The workspace whose sources of skills a command is about.
final class SourceOptions {
  @Mixin private WorkspaceOption workspace = new WorkspaceOption();

  /// The workspace, whether it is there or not.
  Path workspace(Surroundings surroundings) {
    return workspace.of(surroundings);
  }

  /// The sources of the workspace, which must be there.
  SkillSources open(Surroundings surroundings) throws IOException {
    return SkillSources.of(
        Workspace.open(workspace(surroundings)),
        UserDirectories.of(surroundings.environment(), surroundings.home()).state(),
        surroundings.home());
  }

  /// What asks the user about versions of these sources.
  SourceConsent consent(Surroundings surroundings, SkillSources sources, ConsentOptions given)
      throws CommandException {
    return new SourceConsent(surroundings, workspace(surroundings), sources, given);
  }

  /// The source of a name.
  static LockedSource find(SkillLock lock, String name) throws CommandException, SourceException {
    Optional<LockedSource> found = lock.find(SourceName.parse(name));
    if (found.isPresent()) {
      return found.get();
    }
    Optional<String> near =
        NearestName.of(name, lock.sources().keySet().stream().map(SourceName::value).toList());
    throw new CommandException(
        ExitCodes.FAILED,
        "there is no source '%s'%s; `homeport skills list` shows them"
            .formatted(name, near.map(other -> ", but '" + other + "'").orElse("")));
  }
}
