package dev.homeport.session;

import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;

/// A log as another process would open it, in `.homeport/sessions/s1` of a directory.
final class LogFixture {
  private LogFixture() {}

  static SessionLog open(Path root, InstantSource clock, long segmentBytes, boolean isChained)
      throws IOException {
    Workspace workspace = Workspace.open(root);
    WorkspacePath directory = workspace.path(".homeport/sessions/s1");
    return new SessionLog(
        new SegmentedFile(workspace, directory, segmentBytes),
        workspace.locks(directory.parent().child(".lock")),
        clock,
        isChained);
  }

  static Path segment(Path root, long first) {
    return root.resolve(".homeport/sessions/s1/events-%012d.jsonl".formatted(first));
  }
}
