package dev.homeport.memory.check;

import dev.homeport.memory.check.MemoryProblem.Kind;
import dev.homeport.workspace.FileInfo;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspaceException;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// A memory that is checked.
///
/// @param name as agents see it, such as `/memories`
/// @param workspace where it lies
/// @param base its directory in that workspace
/// @param mount the name of a directory that agents do not see, for another memory takes its place;
///   empty for none
record CheckedTree(String name, Workspace workspace, WorkspacePath base, String mount) {
  /// Everything that agents can see below the tree, and links; hidden files are left out.
  List<FileInfo> files(Problems problems) throws IOException {
    var files = new ArrayList<FileInfo>();
    if (workspace.stat(base).filter(FileInfo::isDirectory).isPresent()) {
      collect(base, files, problems);
    }
    return files;
  }

  private void collect(WorkspacePath directory, List<FileInfo> files, Problems problems)
      throws IOException {
    for (FileInfo info : entries(directory, problems)) {
      String fileName = info.path().name();
      boolean isMount = directory.equals(base) && fileName.equals(mount);
      if (isMount) {
        problems.add(
            Kind.UNREADABLE,
            shown(info.path()),
            0,
            "agents see the user's memory in its place",
            "give what lies in " + info.path() + " another name");
      } else if (info.isDirectory() && isSeen(fileName)) {
        collect(info.path(), files, problems);
      } else if (isSeen(fileName)) {
        files.add(info);
      }
    }
  }

  private static boolean isSeen(String fileName) {
    return !fileName.startsWith(".") && !fileName.equals("node_modules");
  }

  private List<FileInfo> entries(WorkspacePath directory, Problems problems) throws IOException {
    try {
      return workspace.list(directory);
    } catch (WorkspaceException e) {
      if (e.kind() != WorkspaceException.Kind.NOT_FOUND) {
        problems.add(
            Kind.UNREADABLE,
            directory.equals(base) ? name : shown(directory),
            0,
            "the directory cannot be read",
            "give this user the right to read it");
      }
      return List.of();
    }
  }

  /// The path of a file as agents write it.
  String shown(WorkspacePath file) {
    return name + "/" + relative(file);
  }

  /// The path of a file from the top of the tree.
  String relative(WorkspacePath file) {
    return String.join(
        "/", file.segments().subList(base.segments().size(), file.segments().size()));
  }

  /// The path in the tree's workspace.
  WorkspacePath file(WorkspacePath relative) {
    var segments = new ArrayList<>(base.segments());
    segments.addAll(relative.segments());
    return new WorkspacePath(segments);
  }

  /// Whether something stands at a path from the top of the tree, as far as that can be known.
  boolean has(WorkspacePath relative) throws IOException {
    try {
      return workspace.stat(file(relative)).isPresent();
    } catch (WorkspaceException e) {
      return true;
    }
  }
}
