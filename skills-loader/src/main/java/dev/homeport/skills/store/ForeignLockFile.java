package dev.homeport.skills.store;

import dev.homeport.skills.Skill;
import dev.homeport.skills.SkillCatalog;
import dev.homeport.skills.source.ForeignLock;
import dev.homeport.skills.source.LockedSource;
import dev.homeport.skills.source.SourceOrigin;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The `skills-lock.json` of a workspace: never made, but kept up to date if it is there.
final class ForeignLockFile {
  /// Where it stands.
  static final WorkspacePath PATH = new WorkspacePath(List.of(ForeignLock.NAME));

  private static final long MOST_BYTES = 4L << 20;

  private ForeignLockFile() {}

  /// What it says, if it is there.
  static Optional<ForeignLock> read(Workspace workspace) throws IOException {
    Optional<byte[]> bytes = workspace.readIfPresent(PATH, MOST_BYTES);
    return bytes.isEmpty()
        ? Optional.empty()
        : Optional.of(ForeignLock.parse(new String(bytes.get(), StandardCharsets.UTF_8)));
  }

  /// A source, and where its skills stand.
  record Version(LockedSource source, Path tree) {}

  /// Writes down that a version of a source takes the place of another one; hold the file's lock.
  ///
  /// @param before empty if the source is new
  /// @param after empty if the source goes
  static void replace(Workspace workspace, Optional<Version> before, Optional<Version> after)
      throws IOException, InterruptedException {
    Optional<ForeignLock> found = read(workspace);
    if (found.isEmpty()) {
      return;
    }
    ForeignLock lock = found.get();
    String text = lock.toString();
    if (before.isPresent()) {
      SourceOrigin origin = before.get().source().origin();
      each(before.get(), (skill, directory, _) -> lock.remove(skill, origin, directory));
    }
    if (after.isPresent()) {
      SourceOrigin origin = after.get().source().origin();
      each(after.get(), (skill, directory, hash) -> lock.put(skill, origin, directory, hash));
    }
    if (!lock.toString().equals(text)) {
      workspace.write(PATH, lock.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  private interface Taking {
    void take(String skill, String directory, String hash);
  }

  private static void each(Version version, Taking taking)
      throws IOException, InterruptedException {
    try (SkillCatalog catalog = SourceReview.catalog(version.source().name(), version.tree())) {
      for (Skill skill : catalog.snapshot().skills()) {
        WorkspacePath directory = skill.location().directory();
        String below = directory.isRoot() ? "" : directory.toString();
        taking.take(skill.name().value(), below, FolderHash.of(version.tree().resolve(below)));
      }
    }
  }
}
