package dev.homeport.version;

import dev.homeport.version.RestoreOutcome.RestoredFile;
import dev.homeport.version.Version.Operation;
import dev.homeport.workspace.FileInfo;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspaceException;
import dev.homeport.workspace.WorkspaceException.Kind;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Brings contents from the history back into files. Thread-safe.
final class Restoration {
  private final Workspace workspace;
  private final Versions versions;

  Restoration(Workspace workspace, Versions versions) {
    this.workspace = workspace;
    this.versions = versions;
  }

  /// What a file is to contain.
  ///
  /// @param version where the content is from
  /// @param isReturn whether the file is gone, so that nothing should stand there
  private record Target(Version version, WorkspacePath path, Snapshot content, boolean isReturn) {}

  RestoreOutcome restore(String id, @Nullable String expectedSha256, Author author)
      throws IOException, InterruptedException {
    try (var _ = workspace.lockAll()) {
      Target target =
          versions
              .log()
              .ask(index -> target(index.find(id).orElseThrow(() -> History.unknown(id)), index));
      return restore(List.of(target), expectedSha256, author);
    }
  }

  private static Target target(Version version, VersionIndex index) throws WorkspaceException {
    return switch (version.operation()) {
      case DELETED, MISSED -> gone(version);
      case CREATED, MODIFIED, MOVED, FOUND -> {
        WorkspacePath path = PathTrail.end(version, index.versions());
        yield new Target(version, path, kept(version, version.after()), false);
      }
      case REDACTED ->
          throw new WorkspaceException(
              Kind.NOT_FOUND,
              "Version %s only says that contents were redacted; there is nothing to restore."
                  .formatted(version.id()));
    };
  }

  private static Target gone(Version version) throws WorkspaceException {
    return new Target(version, version.path(), kept(version, version.before()), true);
  }

  private static Snapshot kept(Version version, @Nullable Snapshot content)
      throws WorkspaceException {
    History.requireKept(version, content, false);
    if (content == null) {
      throw new WorkspaceException(
          Kind.NOT_FOUND, "Version " + version.id() + " has no content to restore.");
    }
    return content;
  }

  RestoreOutcome restoreDeleted(WorkspacePath path, @Nullable String expectedSha256, Author author)
      throws IOException, InterruptedException {
    try (var _ = workspace.lockAll()) {
      List<Version> deletion = versions.log().ask(index -> lastDeletion(path, index.versions()));
      if (deletion.isEmpty()) {
        throw new WorkspaceException(
            Kind.NOT_FOUND,
            "No deletion at or below %s is in the history; list its versions and give the one to restore."
                .formatted(path));
      }
      if (expectedSha256 != null && deletion.size() > 1) {
        throw new IllegalArgumentException(
            "expected_sha256 is for one file, but %d were deleted; leave it out"
                .formatted(deletion.size()));
      }
      var targets = new ArrayList<Target>();
      for (Version version : deletion) {
        targets.add(gone(version));
      }
      return restore(targets, expectedSha256, author);
    }
  }

  /// The versions that one deletion made stand in a row, but for what it found.
  private static List<Version> lastDeletion(WorkspacePath path, List<Version> all) {
    var deletion = new ArrayList<Version>();
    for (Version version : all.reversed()) {
      boolean isDeletion = version.operation() == Operation.DELETED;
      if (deletion.isEmpty()) {
        if (isDeletion && version.path().startsWith(path)) {
          deletion.add(version);
        }
      } else if (isDeletion && isOfOne(version, deletion.getFirst())) {
        if (version.path().startsWith(path)) {
          deletion.add(version);
        }
      } else if (!version.author().equals(Author.OUTSIDE)) {
        break;
      }
    }
    return deletion.reversed();
  }

  private static boolean isOfOne(Version version, Version other) {
    return version.time().equals(other.time()) && version.author().equals(other.author());
  }

  /// Writes all targets or, if one is not as expected, none.
  private RestoreOutcome restore(
      List<Target> targets, @Nullable String expectedSha256, Author author) throws IOException {
    var missing = new ArrayList<Target>();
    for (Target target : targets) {
      Versions.requireChangeable(target.path());
      byte[] current = current(target.path());
      if (current == null || !Snapshot.of(current).equals(target.content())) {
        Optional<RestoreOutcome> conflict = conflict(target, current, expectedSha256);
        if (conflict.isPresent()) {
          return conflict.get();
        }
        missing.add(target);
      }
    }
    var files = new ArrayList<RestoredFile>();
    for (Target target : missing) {
      write(target, author);
      files.add(new RestoredFile(target.path(), target.content()));
    }
    return new RestoreOutcome.Restored(files, targets.size() - files.size());
  }

  private byte @Nullable [] current(WorkspacePath path) throws IOException {
    Optional<FileInfo> found = workspace.stat(path);
    return found.isPresent() ? workspace.read(path, Versions.MOST_KEPT) : null;
  }

  private Optional<RestoreOutcome> conflict(
      Target target, byte @Nullable [] current, @Nullable String expectedSha256)
      throws IOException {
    WorkspacePath path = target.path();
    if (current == null) {
      if (expectedSha256 != null) {
        throw new WorkspaceException(
            Kind.NOT_FOUND,
            "memory_precondition_failed_error: %s does not exist; leave out expected_sha256 to bring it back."
                .formatted(path));
      }
      return Optional.empty();
    }
    Snapshot standing = Snapshot.of(current);
    if (expectedSha256 != null && !expectedSha256.equals(standing.sha256())) {
      byte[] wanted = versions.log().read(target.content());
      String diff = Difference.of(path, current, wanted).text();
      return Optional.of(new RestoreOutcome.Stale(path, standing, diff));
    }
    return expectedSha256 == null && target.isReturn()
        ? Optional.of(new RestoreOutcome.Occupied(path, standing))
        : Optional.empty();
  }

  private void write(Target target, Author author) throws IOException {
    byte[] content = versions.log().read(target.content());
    String what = "restores " + target.version().id();
    String reason = author.reason() == null ? what : author.reason() + " (" + what + ")";
    versions.write(target.path(), current(target.path()), content, author.because(reason));
  }
}
