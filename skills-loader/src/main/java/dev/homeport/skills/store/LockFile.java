package dev.homeport.skills.store;

import dev.homeport.skills.source.SkillLock;
import dev.homeport.skills.source.SourceException;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// The lock file of a workspace.
final class LockFile {
  /// Where it stands.
  static final WorkspacePath PATH =
      new WorkspacePath(List.of(Workspace.OWN_DIRECTORY, "skills.lock"));

  private static final long MOST_BYTES = 4L << 20;

  private LockFile() {}

  /// What it says; a lock without sources if there is none.
  static SkillLock read(Workspace workspace) throws IOException {
    Optional<byte[]> bytes = workspace.readIfPresent(PATH, MOST_BYTES);
    if (bytes.isEmpty()) {
      return SkillLock.EMPTY;
    }
    return SkillLock.parse(new String(bytes.get(), StandardCharsets.UTF_8));
  }

  /// Replaces it durably; hold its lock.
  ///
  /// @throws SourceException if what was written would not be read again
  static void write(Workspace workspace, SkillLock lock) throws IOException {
    String text = lock.toString();
    if (!SkillLock.parse(text).equals(lock)) {
      throw new SourceException("the lock file cannot hold these sources: " + lock.sources());
    }
    workspace.write(PATH, text.getBytes(StandardCharsets.UTF_8));
  }
}
