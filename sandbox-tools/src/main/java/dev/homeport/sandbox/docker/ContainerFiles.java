package dev.homeport.sandbox.docker;

import dev.homeport.sandbox.Command;
import dev.homeport.sandbox.SandboxSpec;
import dev.homeport.sandbox.files.Capture;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Takes the files of a container out, and puts them into another: the workspace, `/tmp` and home.
///
/// The container packs for itself, with no more rights than it has. The engine's own way, to commit
/// a container to an image, has neither volumes nor what is in memory.
final class ContainerFiles {
  private static final Duration LIMIT = Duration.ofMinutes(10);

  /// Files that change or vanish meanwhile, and sockets, are no failure.
  private static final String PACK = "tar -cf - \"$@\" 2>/dev/null; [ $? -le 1 ]";

  private static final String WORKSPACE = "workspace.tar";
  private static final String SCRATCH = "scratch.tar";

  private ContainerFiles() {}

  /// @param elsewhere paths of the workspace that are mounted by themselves
  /// @param directory where the archives are made
  static void take(ContainerCommands commands, List<WorkspacePath> elsewhere, Path directory)
      throws IOException, InterruptedException {
    var workspace = new ArrayList<String>();
    elsewhere.forEach(path -> workspace.add("--exclude=./" + path));
    workspace.addAll(List.of("-C", SandboxSpec.WORKSPACE, "."));
    pack(commands, workspace, directory.resolve(WORKSPACE));
    pack(commands, List.of("-C", "/", "tmp", "home/sandbox"), directory.resolve(SCRATCH));
  }

  private static void pack(ContainerCommands commands, List<String> what, Path file)
      throws IOException, InterruptedException {
    var argv = new ArrayList<>(List.of("sh", "-c", PACK, "sh"));
    argv.addAll(what);
    Capture.toFile(commands.start(new Command(argv, InputStream.nullInputStream())), file, LIMIT);
  }

  /// The workspace, to be unpacked before the container starts, as the engine makes directories for
  /// what is mounted into it then.
  static Path workspace(Path directory) {
    return directory.resolve(WORKSPACE);
  }

  /// Puts `/tmp` and home into a container that runs.
  static void putScratch(ContainerCommands commands, Path directory)
      throws IOException, InterruptedException {
    try (InputStream packed = Files.newInputStream(directory.resolve(SCRATCH))) {
      Capture.run(commands.start(new Command(List.of("tar", "-xpf", "-", "-C", "/"), packed)));
    }
  }
}
