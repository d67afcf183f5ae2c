package dev.homeport.sandbox.bubblewrap;

import dev.homeport.sandbox.SandboxSpec;
import dev.homeport.sandbox.cgroup.Cgroup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What of a sandbox runs outside of it.
///
/// @param holder holds its mounts
/// @param runner starts its commands
/// @param cgroup its control group, if one is delegated here
/// @param pausable whether that can freeze it
/// @param agent the agent's program, if there is one
record Started(
    MountHolder holder,
    CommandRunner runner,
    @Nullable Cgroup cgroup,
    boolean pausable,
    Optional<Path> agent) {

  static Started over(MountHolder holder, SandboxSpec spec, Optional<Path> agent)
      throws IOException {
    @Nullable Cgroup cgroup =
        Cgroup.create(
                Cgroup.MOUNT,
                Cgroup.membership(),
                spec.instance() + "-" + spec.id(),
                spec.template().limits())
            .orElse(null);
    if (agent.isEmpty()) {
      spec.requireNoForwards();
    }
    BwrapCommand command = BwrapCommand.of(spec, holder.isOverlay(), cgroup == null, agent);
    CommandRunner runner;
    if (agent.isPresent()) {
      runner = ResidentRunner.open(spec, holder, cgroup, command);
      KeptSandbox.of(holder, cgroup).write(spec.directory());
    } else {
      runner = new ProcessRunner(spec, holder, cgroup, command);
    }
    boolean pausable = cgroup != null && agent.isPresent() && cgroup.isCounted();
    return new Started(holder, runner, cgroup, pausable, agent);
  }

  /// Takes over what the keeper of a killed server still holds.
  ///
  /// @param handles the commands that will be asked for
  static Started adopt(SandboxSpec spec, Path agent, Set<String> handles)
      throws IOException, InterruptedException {
    KeptSandbox kept = KeptSandbox.read(spec.directory());
    MountHolder holder = MountHolder.adopt(spec, kept.keeper(), kept.overlay());
    try {
      @Nullable Cgroup cgroup = kept.groups().isEmpty() ? null : Cgroup.of(kept.groups());
      if (cgroup != null) {
        cgroup.freeze(false);
      }
      var command = BwrapCommand.of(spec, kept.overlay(), cgroup == null, Optional.of(agent));
      ResidentRunner runner = ResidentRunner.adopt(spec, holder, cgroup, command, handles);
      boolean pausable = cgroup != null && cgroup.isCounted();
      return new Started(holder, runner, cgroup, pausable, Optional.of(agent));
    } catch (IOException | InterruptedException e) {
      holder.close();
      throw e;
    }
  }
}
