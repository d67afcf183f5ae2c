package dev.homeport.session;

import dev.homeport.workspace.WorkspacePath;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One stretch of work that outlives connections, clients and processes.
///
/// @param id its name
/// @param owner who works in it
/// @param created when it began
/// @param active when it was last used, to about ten minutes
/// @param planPath the file of the plan that is bound to it, or null
public record Session(
    SessionId id,
    SessionOwner owner,
    Instant created,
    Instant active,
    @Nullable WorkspacePath planPath) {
  /// The file of the plan that is bound to this session.
  public Optional<WorkspacePath> plan() {
    return Optional.ofNullable(planPath);
  }

  Session activeAt(Instant time) {
    return new Session(id, owner, created, time, planPath);
  }

  Session withPlan(WorkspacePath plan) {
    return new Session(id, owner, created, active, plan);
  }
}
