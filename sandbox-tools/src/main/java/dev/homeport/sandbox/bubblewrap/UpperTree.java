package dev.homeport.sandbox.bubblewrap;

import dev.homeport.sandbox.SandboxSpec;
import dev.homeport.workspace.FileInfo;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspaceException;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The files of an upper layer, by their paths in the workspace.
///
/// All layers of an instance are read through one [Workspace], because each keeps its root open and
/// its locks for as long as the process lives.
///
/// @param instance the directory of the instance
/// @param prefix where the layer stands in that
record UpperTree(Workspace instance, WorkspacePath prefix) {
  static UpperTree of(SandboxSpec spec) throws IOException {
    Path upper = spec.directory().toRealPath().resolve("upper");
    var segments = new ArrayList<String>();
    spec.shared().root().relativize(upper).forEach(name -> segments.add(name.toString()));
    return new UpperTree(spec.shared(), new WorkspacePath(segments));
  }

  private WorkspacePath inside(WorkspacePath path) {
    var segments = new ArrayList<>(prefix.segments());
    segments.addAll(path.segments());
    return new WorkspacePath(segments);
  }

  private FileInfo outside(FileInfo info) {
    List<String> segments = info.path().segments();
    return new FileInfo(
        new WorkspacePath(segments.subList(prefix.segments().size(), segments.size())),
        info.kind(),
        info.bytes(),
        info.modified());
  }

  /// @throws WorkspaceException if there is no such directory
  List<FileInfo> list(WorkspacePath directory) throws IOException {
    return instance.list(inside(directory)).stream().map(this::outside).toList();
  }

  Optional<FileInfo> stat(WorkspacePath path) throws IOException {
    return instance.stat(inside(path)).map(this::outside);
  }

  byte[] read(WorkspacePath path, long limit) throws IOException {
    return instance.read(inside(path), limit);
  }

  void delete(WorkspacePath path) throws IOException {
    instance.delete(inside(path));
  }

  /// Where it stands on the host.
  Path host(WorkspacePath path) {
    return instance.root().resolve(inside(path).toString());
  }
}
