package dev.homeport.version;

import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspaceException;
import dev.homeport.workspace.WorkspaceException.Kind;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What happened to the files of a workspace, and the way back.
///
/// It knows what Homeport changed, and what others changed as far as Homeport came across it when
/// it changed the same file. Thread-safe; several processes may share one workspace.
///
/// All operations throw [WorkspaceException] for what the caller can repair.
public final class History {
  /// The most versions that are listed at once.
  public static final int MOST_LISTED = 200;

  private final Workspace workspace;
  private final VersionLog log;
  private final Restoration restoration;
  private final Redaction redaction;

  private History(Workspace workspace, Versions versions) {
    this.workspace = workspace;
    this.log = versions.log();
    this.restoration = new Restoration(workspace, versions);
    this.redaction = new Redaction(workspace, log);
  }

  /// The history of a workspace.
  public static History of(Workspace workspace) throws WorkspaceException {
    return new History(workspace, Versions.of(workspace));
  }

  /// The versions of a path, the newest first.
  public HistoryPage list(HistoryQuery query) throws IOException {
    return log.ask(index -> list(query, index));
  }

  private static HistoryPage list(HistoryQuery query, VersionIndex index)
      throws WorkspaceException {
    var trail = new PathTrail(query.path());
    var page = new ArrayList<Version>();
    String before = query.before();
    if (before != null && index.find(before).isEmpty()) {
      throw unknown(before);
    }
    boolean isWanted = before == null;
    for (Version version : index.versions().reversed()) {
      boolean isTaken = trail.takes(version);
      if (isWanted && isTaken && query.filter().accepts(version)) {
        if (page.size() == query.limit()) {
          return new HistoryPage(page, Optional.of(page.getLast().id()));
        }
        page.add(version);
      }
      isWanted |= version.id().equals(before);
    }
    return new HistoryPage(page, Optional.empty());
  }

  /// The version of an id.
  public Optional<Version> find(String id) throws IOException {
    return log.ask(index -> index.find(id));
  }

  static WorkspaceException unknown(String id) {
    return new WorkspaceException(
        Kind.NOT_FOUND,
        "There is no version " + id + "; list the versions to see which ones there are.");
  }

  /// What a version changed.
  public Difference diff(String id) throws IOException {
    Version version = required(id);
    return Difference.of(version.path(), before(version), after(version));
  }

  /// What differs from after one version to after another one.
  public Difference diff(String older, String newer) throws IOException {
    Version first = required(older);
    Version second = required(newer);
    return Difference.of(second.path(), after(first), after(second));
  }

  /// What differs from after a version to the file as it is now, wherever it was moved.
  public Difference diffToNow(String id) throws IOException {
    Version version = required(id);
    WorkspacePath path = log.ask(index -> PathTrail.end(version, index.versions()));
    byte[] now = workspace.stat(path).isPresent() ? workspace.read(path, Versions.MOST_KEPT) : null;
    return Difference.of(path, after(version), now);
  }

  private Version required(String id) throws IOException {
    return find(id).orElseThrow(() -> unknown(id));
  }

  private byte @Nullable [] before(Version version) throws IOException {
    requireKept(version, version.before(), version.operation() == Version.Operation.CREATED);
    return version.before() == null ? null : log.read(version.before());
  }

  private byte @Nullable [] after(Version version) throws IOException {
    boolean isGone =
        switch (version.operation()) {
          case DELETED, MISSED -> true;
          case CREATED, MODIFIED, MOVED, FOUND, REDACTED -> false;
        };
    requireKept(version, version.after(), isGone);
    return version.after() == null ? null : log.read(version.after());
  }

  static void requireKept(Version version, @Nullable Snapshot content, boolean mayBeNone)
      throws WorkspaceException {
    if (content == null && !mayBeNone && version.isRedacted()) {
      throw new WorkspaceException(
          Kind.NOT_FOUND,
          "The content of version %s was redacted, so it can be neither shown nor restored."
              .formatted(version.id()));
    }
  }

  /// Gives a file the content that it had after a version, wherever it was moved since. A version
  /// that says that the file is gone brings back what it was until then.
  ///
  /// That is a change like any other one: it becomes a version, and what the file contained is
  /// kept. A file that is gone is brought back only to where nothing stands, unless the content
  /// there is the expected one.
  ///
  /// @param expectedSha256 what the file must contain now; anything if null
  public RestoreOutcome restore(String id, @Nullable String expectedSha256, Author author)
      throws IOException, InterruptedException {
    return restoration.restore(id, expectedSha256, author);
  }

  /// Brings back everything that the last deletion at or below a path took, or nothing if something
  /// else stands where one of the files was.
  ///
  /// @param expectedSha256 what stands where the only file was that was deleted; nothing if null
  public RestoreOutcome restoreDeleted(
      WorkspacePath path, @Nullable String expectedSha256, Author author)
      throws IOException, InterruptedException {
    return restoration.restoreDeleted(path, expectedSha256, author);
  }

  /// Takes the content that a version gave a file, or that it took away with it, out of the
  /// history: out of all versions of all files that have it, and off the disk.
  ///
  /// The versions stay, without content, its digest and its size; who redacted, when and why is a
  /// version of its own for each file. The caller must hold no lock of the workspace.
  ///
  /// @param author with a reason
  public RedactOutcome redact(String id, Author author) throws IOException {
    return redaction.redact(id, author);
  }

  /// The same for all contents that the files at and below a path had, but for those that they have
  /// now.
  ///
  /// @param author with a reason
  public RedactOutcome redactPast(WorkspacePath path, Author author) throws IOException {
    return redaction.redactPast(path, author);
  }
}
