package dev.homeport.skills;

import dev.homeport.workspace.WorkspacePath;
import java.util.List;

/// Writes and reads paths, each by what it does not share with the one before. Not thread-safe.
final class PathCodec {
  private List<String> before = List.of();

  void write(ImageWriter out, WorkspacePath path) {
    List<String> segments = path.segments();
    int shared = 0;
    while (shared < Math.min(segments.size(), before.size())
        && segments.get(shared).equals(before.get(shared))) {
      shared++;
    }
    out.number(shared).number(segments.size());
    segments.subList(shared, segments.size()).forEach(out::text);
    before = segments;
  }

  WorkspacePath read(ImageReader in) {
    int shared = in.index();
    var segments = new String[in.index()];
    for (int i = 0; i < segments.length; i++) {
      segments[i] = i < shared ? before.get(i) : in.text();
    }
    before = List.of(segments);
    return new WorkspacePath(before);
  }

  /// Most files stand right in the directory that was written before.
  static void write(ImageWriter out, WorkspacePath directory, WorkspacePath file) {
    boolean isIn = file.parent().equals(directory) && !file.isRoot();
    out.flag(isIn);
    if (isIn) {
      out.text(file.name());
    } else {
      out.texts(file.segments());
    }
  }

  static WorkspacePath read(ImageReader in, WorkspacePath directory) {
    if (!in.flag()) {
      return new WorkspacePath(in.texts());
    }
    List<String> parent = directory.segments();
    String[] segments = parent.toArray(new String[parent.size() + 1]);
    segments[parent.size()] = in.text();
    return new WorkspacePath(List.of(segments));
  }
}
