package dev.homeport.sandbox.bubblewrap;

import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// The middle layer of the overlay: whiteouts that hide files of the workspace below it.
final class Mask {
  private Mask() {}

  /// Fills `mask` below a sandbox's directory: with links to a whiteout, or with files that the
  /// keeper makes whiteouts, which saves a process. Whiteouts need no privileges since Linux 5.8.
  static void fill(Path directory, Path workspace, Collection<WorkspacePath> hidden, boolean keeper)
      throws IOException, InterruptedException {
    Path mask = directory.resolve("mask");
    Path whiteout = directory.resolve("whiteout");
    if (!keeper) {
      Launcher.run(List.of("mknod", whiteout.toString(), "c", "0", "0"));
    }
    for (WorkspacePath path : hidden) {
      Path target = mask.resolve(path.toString());
      createDirectories(mask, workspace, Objects.requireNonNull(target.getParent()));
      if (keeper) {
        Files.createFile(target);
      } else {
        Files.createLink(target, whiteout);
      }
    }
  }

  /// What a mask hides, by the whiteouts that are there.
  static SortedSet<WorkspacePath> read(Path directory) throws IOException {
    Path mask = directory.resolve("mask");
    var hidden = new TreeSet<WorkspacePath>();
    try (var files = Files.find(mask, Integer.MAX_VALUE, (_, is) -> is.isOther())) {
      files.forEach(file -> {
        var segments = new ArrayList<String>();
        mask.relativize(file).forEach(name -> segments.add(name.toString()));
        hidden.add(new WorkspacePath(segments));
      });
    }
    return hidden;
  }

  /// A directory of the mask lends its permissions to what the sandbox sees, so they are copied.
  private static void createDirectories(Path mask, Path workspace, Path directory)
      throws IOException {
    var missing = new ArrayDeque<Path>();
    Path path = directory;
    while (!Files.isDirectory(path)) {
      missing.push(path);
      path = Objects.requireNonNull(path.getParent());
    }
    for (Path made : missing) {
      Set<PosixFilePermission> permissions =
          Files.getPosixFilePermissions(workspace.resolve(mask.relativize(made)));
      Files.setPosixFilePermissions(Files.createDirectory(made), permissions);
    }
  }
}
