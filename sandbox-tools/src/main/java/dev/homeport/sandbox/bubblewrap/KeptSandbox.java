package dev.homeport.sandbox.bubblewrap;

import dev.homeport.sandbox.cgroup.Cgroup;
import dev.homeport.sandbox.files.Notes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// What of a sandbox outlives its server for a while.
///
/// @param keeper the process that holds its mounts
/// @param overlay whether the workspace is an overlay, not a copy
/// @param groups the directories of its control group, if it has one
record KeptSandbox(long keeper, boolean overlay, List<Path> groups) {
  private static final String FILE = "kept";

  static KeptSandbox of(MountHolder holder, @Nullable Cgroup cgroup) {
    return new KeptSandbox(
        holder.pid(), holder.isOverlay(), cgroup == null ? List.of() : cgroup.directories());
  }

  void write(Path directory) throws IOException {
    Notes.write(
        directory.resolve(FILE),
        Map.of(
            "keeper",
            Long.toString(keeper),
            "overlay",
            Boolean.toString(overlay),
            "groups",
            String.join("\n", groups.stream().map(Path::toString).toList())));
  }

  /// @throws IOException if there is no note, because it was just being made or nothing outlives
  static KeptSandbox read(Path directory) throws IOException {
    Properties values = Notes.read(directory.resolve(FILE));
    return new KeptSandbox(
        Long.parseLong(values.getProperty("keeper")),
        Boolean.parseBoolean(values.getProperty("overlay")),
        values.getProperty("groups").lines().map(Path::of).toList());
  }
}
