package dev.homeport.sandbox.bubblewrap;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// The files of a sandbox that are its own.
///
/// @param upper what it changed of the workspace
/// @param scratch `/tmp` and home
record Layers(Path upper, Path scratch) {
  /// Those of a snapshot.
  static Layers in(Path directory) {
    return new Layers(directory.resolve("upper"), directory.resolve("scratch"));
  }

  /// Copies one of them into a directory.
  static void copy(Path from, Path to) throws IOException, InterruptedException {
    Launcher.run(List.of("cp", "-a", "--reflink=auto", "--", from + "/.", to.toString()));
  }
}
