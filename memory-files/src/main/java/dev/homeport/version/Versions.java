package dev.homeport.version;

import dev.homeport.version.Recording.Change;
import dev.homeport.version.Recording.Content;
import dev.homeport.workspace.FileInfo;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspaceException;
import dev.homeport.workspace.WorkspaceException.Kind;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/// Changes files of a workspace so that each change can be listed, compared and undone.
///
/// A change and its version are durable before a method returns; what a file contained before is
/// kept before it is replaced. Callers hold the locks of the paths that they change. Thread-safe;
/// several processes may share one workspace.
public final class Versions {
  /// The most bytes that a file may have to be kept, and so to be deleted.
  public static final int MOST_KEPT = 64 * 1_024 * 1_024;

  /// The most files that can be deleted or moved at once.
  public static final int MOST_FILES = 10_000;

  private static final WorkspacePath MEMORY =
      new WorkspacePath(List.of(Workspace.OWN_DIRECTORY, "memory"));
  private static final int KEPT_AT_ONCE = 8 * 1_024 * 1_024;
  private static final ConcurrentMap<Path, Versions> INSTANCES = new ConcurrentHashMap<>();

  private final Workspace workspace;
  private final VersionLog log;

  private Versions(Workspace workspace, VersionLog log) {
    this.workspace = workspace;
    this.log = log;
  }

  /// The versions of a workspace; there is one object for each root in a process.
  public static Versions of(Workspace workspace) throws WorkspaceException {
    Versions known = INSTANCES.get(workspace.root());
    return known != null && known.workspace.durability() == workspace.durability()
        ? known
        : open(workspace, InstantSource.system(), Retention.DEFAULT);
  }

  /// The same, from now on with other limits than those of [Retention#DEFAULT] in this process.
  public static Versions of(Workspace workspace, Retention retention) throws WorkspaceException {
    return open(workspace, InstantSource.system(), retention);
  }

  static Versions open(Workspace workspace, InstantSource clock, Retention retention)
      throws WorkspaceException {
    var opened = new Versions(workspace, new VersionLog(workspace, clock, retention));
    INSTANCES.put(workspace.root(), opened);
    return opened;
  }

  /// Refuses the paths that belong to Homeport: below [Workspace#OWN_DIRECTORY] only files in
  /// `memory/` can be changed, and of these not its journal.
  public static void requireChangeable(WorkspacePath path) throws WorkspaceException {
    boolean isMemory = path.startsWith(MEMORY) && !path.equals(MEMORY);
    boolean isJournal = isMemory && path.name().startsWith(Workspace.OWN_DIRECTORY);
    // Whatever its case: on some file systems .HOMEPORT is the same directory.
    boolean isOwn =
        !path.isRoot() && path.segments().getFirst().equalsIgnoreCase(Workspace.OWN_DIRECTORY);
    if (isOwn && (!isMemory || isJournal)) {
      throw new WorkspaceException(
          Kind.PROTECTED,
          path + " belongs to Homeport; of .homeport/ only files below memory/ can be changed.");
    }
  }

  VersionLog log() {
    return log;
  }

  /// Writes a whole file, making its directories if they are missing.
  ///
  /// @param old what it contains, as the caller read it under its lock; null if it does not exist
  /// @return what it contains now
  public Snapshot write(WorkspacePath path, byte @Nullable [] old, byte[] content, Author author)
      throws IOException {
    Content before = old == null ? null : Content.of(old);
    if (before == null) {
      log.requireReachable();
    } else if (!log.holds(before.snapshot())) {
      log.commit(new Recording(author, List.of(before), List.of()));
    }
    Content after = Content.of(content);
    Change change =
        Change.written(path, before == null ? null : before.snapshot(), after.snapshot());
    var recording = new Recording(author, List.of(after), List.of(change));
    workspace.write(path, content, () -> log.commit(recording));
    return after.snapshot();
  }

  /// Deletes a file, a link, or a directory with all below it.
  ///
  /// @throws WorkspaceException of kind `TOO_LARGE`, with nothing deleted, if there is more than
  ///   can be kept
  public void delete(WorkspacePath path, Author author) throws IOException {
    var changes = new ArrayList<Change>();
    for (Kept file : keep(files(path, Versions::requireKeepable), author)) {
      changes.add(Change.deleted(file.path, file.content));
    }
    var recording = new Recording(author, List.of(), changes);
    workspace.delete(path, () -> log.commit(recording));
  }

  /// Moves a file or directory to a path where nothing stands, making directories as needed. Files
  /// that are too large to be kept are moved without a version.
  ///
  /// @throws WorkspaceException of kind `TOO_LARGE`, with nothing moved, if there are more than
  ///   [#MOST_FILES]
  public void move(WorkspacePath from, WorkspacePath to, Author author) throws IOException {
    var changes = new ArrayList<Change>();
    for (Kept file : keep(files(from, Versions::isKeepable), author)) {
      changes.add(Change.moved(file.path, file.path.rebase(from, to), file.content));
    }
    var recording = new Recording(author, List.of(), changes);
    workspace.move(from, to, () -> log.commit(recording));
  }

  /// All versions that are kept, the oldest first.
  public List<Version> all() throws IOException {
    return log.ask(index -> List.copyOf(index.versions()));
  }

  /// A content that some version of some file has or had.
  ///
  /// @return empty if it is not kept, or no longer, or has more than `limit` bytes
  public Optional<byte[]> content(String sha256, long limit) throws IOException {
    Optional<Snapshot> kept = log.ask(index -> index.snapshot(sha256));
    return kept.isPresent() && kept.get().bytes() <= limit
        ? Optional.of(log.read(kept.get()))
        : Optional.empty();
  }

  /// A file whose content the log holds.
  private record Kept(WorkspacePath path, Snapshot content) {}

  /// Sees to it that the log holds these files.
  private List<Kept> keep(List<FileInfo> files, Author author) throws IOException {
    var kept = new ArrayList<Kept>();
    var unknown = new ArrayList<Content>();
    long bytes = 0;
    for (FileInfo file : files) {
      Content content = Content.of(workspace.read(file.path(), MOST_KEPT));
      kept.add(new Kept(file.path(), content.snapshot()));
      if (!log.holds(content.snapshot())) {
        unknown.add(content);
        bytes += content.snapshot().bytes();
      }
      if (bytes > KEPT_AT_ONCE) {
        log.commit(new Recording(author, unknown, List.of()));
        unknown.clear();
        bytes = 0;
      }
    }
    if (!unknown.isEmpty()) {
      log.commit(new Recording(author, unknown, List.of()));
    }
    return kept;
  }

  private interface Keepable {
    boolean test(FileInfo file) throws WorkspaceException;
  }

  /// The files at and below a path that can be kept.
  private List<FileInfo> files(WorkspacePath path, Keepable keepable) throws IOException {
    var files = new ArrayList<FileInfo>();
    var found = workspace.stat(path);
    if (found.isPresent()) {
      collect(found.get(), keepable, files);
    }
    return files;
  }

  private void collect(FileInfo entry, Keepable keepable, List<FileInfo> files) throws IOException {
    if (entry.isDirectory()) {
      for (FileInfo below : workspace.list(entry.path())) {
        collect(below, keepable, files);
      }
    } else if (entry.isFile() && keepable.test(entry)) {
      if (files.size() >= MOST_FILES) {
        throw new WorkspaceException(
            Kind.TOO_LARGE,
            "There are more than %,d files; delete or move its directories one by one."
                .formatted(MOST_FILES));
      }
      files.add(entry);
    }
  }

  private static boolean isKeepable(FileInfo file) {
    return file.bytes() <= MOST_KEPT;
  }

  private static boolean requireKeepable(FileInfo file) throws WorkspaceException {
    if (!isKeepable(file)) {
      throw new WorkspaceException(
          Kind.TOO_LARGE,
          "%s has %,d bytes, but at most %,d are kept in the history; delete it outside Homeport."
              .formatted(file.path(), file.bytes(), MOST_KEPT));
    }
    return true;
  }
}
