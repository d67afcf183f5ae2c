package dev.homeport.file;

import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspacePath;
import java.nio.file.Path;

/// What tests let a second process do: `read ROOT CACHE PATH` or `write ROOT CACHE PATH SHA TEXT`.
final class FilesChild {
  private FilesChild() {}

  static void main(String[] arguments) throws Exception {
    var workspace = Workspace.open(Path.of(arguments[1]));
    var files = WorkspaceFiles.of(workspace, ReadCopies.in(Path.of(arguments[2])));
    WorkspacePath path = workspace.path(arguments[3]);
    switch (arguments[0]) {
      case "read" -> {
        var text = (ReadOutcome.Text) files.read(path, Slice.ALL);
        System.out.print(text.whole().sha256().orElseThrow());
      }
      case "write" -> {
        var precondition = new Precondition.Mergeable(arguments[4]);
        switch (files.write(path, arguments[5], precondition)) {
          case FileOutcome.Done done -> System.out.print(done.status());
          case FileOutcome other -> System.out.print(other);
        }
      }
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }
}
