package dev.homeport.file;

import dev.homeport.file.FileOutcome.Status;
import dev.homeport.text.UnifiedDiff;
import dev.homeport.text.Utf8;
import dev.homeport.version.Author;
import dev.homeport.version.Versions;
import dev.homeport.workspace.FileInfo;
import dev.homeport.workspace.Sha256;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspaceException;
import dev.homeport.workspace.WorkspaceException.Kind;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads and changes files of a workspace for agents.
///
/// A read answers at most 40,000 bytes and says where to go on. A change holds the lock of its file
/// from before it reads until after it has written; other threads and processes respect it. Bytes
/// that a change does not name stay as they are. What belongs to Homeport can be read but, except
/// for its `memory/`, not changed. Thread-safe.
///
/// All operations throw [WorkspaceException] for paths and files that cannot be worked on.
public final class WorkspaceFiles {
  /// Files with more bytes are read in parts only, without line count and SHA-256.
  public static final long MOST_SCANNED = 64L * 1024 * 1024;

  /// The most bytes that a file may have to be written or edited.
  public static final int MOST_WRITTEN = 10 * 1024 * 1024;

  private final Workspace workspace;
  private final Versions versions;
  private final ReadCopies copies;

  private WorkspaceFiles(Workspace workspace, Versions versions, ReadCopies copies) {
    this.workspace = workspace;
    this.versions = versions;
    this.copies = copies;
  }

  /// The files of a workspace, without copies of what is read.
  public static WorkspaceFiles of(Workspace workspace) throws WorkspaceException {
    return of(workspace, ReadCopies.NONE);
  }

  /// The files of a workspace.
  ///
  /// @param copies keeps what is read, so that changes of it can be merged
  public static WorkspaceFiles of(Workspace workspace, ReadCopies copies)
      throws WorkspaceException {
    return new WorkspaceFiles(workspace, Versions.of(workspace), copies);
  }

  /// Reads a part of a file, or a picture.
  public ReadOutcome read(WorkspacePath path, Slice slice) throws IOException {
    try (var channel = workspace.openForRead(path)) {
      var reader = new FileReader(path, channel);
      ReadOutcome outcome = reader.read(slice);
      if (outcome instanceof ReadOutcome.Text text
          && text.whole().bytes() <= ReadCopies.MOST_BYTES
          && text.whole().sha256().isPresent()) {
        copies.keep(text.whole().sha256().get(), reader::whole);
      }
      return outcome;
    }
  }

  /// Writes a whole file. Content that stands there already is a success whatever was expected.
  public FileOutcome write(WorkspacePath path, String text, Precondition precondition)
      throws IOException, InterruptedException {
    byte[] content = Utf8.encode(text);
    Versions.requireChangeable(path);
    requireSize(path, content);
    try (var _ = workspace.lock(List.of(path))) {
      Optional<byte[]> old =
          current(path, "To replace it, move it away or delete it with edit_file first.");
      if (old.isPresent() && Arrays.equals(old.get(), content)) {
        return done(Status.UNCHANGED, path, content, "");
      }
      if (old.isPresent() && precondition instanceof Precondition.Absent) {
        return new FileOutcome.Occupied(path);
      }
      if (isStale(path, old, precondition)) {
        var change = StaleChange.of(path, old.orElseThrow(), precondition, false);
        return settle(path, old.get(), change.resolve(base(precondition), _ -> edited(text)));
      }
      Status status = old.isPresent() ? Status.UPDATED : Status.CREATED;
      return written(status, path, old.orElse(null), content, "");
    }
  }

  private static TextEdits edited(String text) {
    return new TextEdits.Edited(text);
  }

  /// Replaces texts in a file one after the other, all of them or none.
  ///
  /// @param isDryRun only tells what would come of it
  public FileOutcome edit(
      WorkspacePath path, List<Replacement> edits, Precondition precondition, boolean isDryRun)
      throws IOException, InterruptedException {
    Versions.requireChangeable(path);
    try (var _ = isDryRun ? null : workspace.lock(List.of(path))) {
      byte[] old = content(path, "Change it with a command instead, such as sed by execute.");
      if (precondition instanceof Precondition.Absent) {
        return new FileOutcome.Occupied(path);
      }
      if (isStale(path, Optional.of(old), precondition)) {
        var change = StaleChange.of(path, old, precondition, isDryRun);
        return settle(
            path, old, change.resolve(base(precondition), text -> TextEdits.apply(text, edits)));
      }
      String text = Utf8.decode(old).orElseThrow(() -> notText(path));
      return switch (TextEdits.apply(text, edits)) {
        case TextEdits.Failed(var unmatched) -> unmatched;
        case TextEdits.Edited(var edited) ->
            isDryRun ? preview(path, text, edited) : save(path, old, text, edited);
      };
    }
  }

  /// What the caller expected, as it was read or as it is in the history.
  private Optional<byte[]> base(Precondition precondition) throws IOException {
    String sha256 = StaleChange.expected(precondition).orElseThrow();
    Optional<byte[]> copy = copies.find(sha256);
    return copy.isPresent() ? copy : versions.content(sha256, ReadCopies.MOST_BYTES);
  }

  private FileOutcome settle(WorkspacePath path, byte[] old, StaleChange.Resolution resolution)
      throws IOException {
    return switch (resolution) {
      case StaleChange.Settled(var outcome) -> outcome;
      case StaleChange.ToWrite(var text, var diff) -> {
        byte[] content = Utf8.encode(text);
        requireSize(path, content);
        yield written(Status.MERGED, path, old, content, diff);
      }
    };
  }

  private static FileOutcome preview(WorkspacePath path, String text, String edited)
      throws WorkspaceException {
    byte[] content = Utf8.encode(edited);
    requireSize(path, content);
    String diff = UnifiedDiff.of(path.toString(), text, edited);
    return done(Status.PREVIEWED, path, content, diff);
  }

  private FileOutcome save(WorkspacePath path, byte[] old, String text, String edited)
      throws IOException {
    if (text.equals(edited)) {
      return done(Status.UNCHANGED, path, old, "");
    }
    byte[] content = Utf8.encode(edited);
    requireSize(path, content);
    String diff = UnifiedDiff.of(path.toString(), text, edited);
    return written(Status.UPDATED, path, old, content, diff);
  }

  /// Moves a file or directory to where nothing stands, making directories as needed.
  ///
  /// @param precondition about what is moved; on content for files only
  public FileOutcome move(WorkspacePath from, WorkspacePath to, Precondition precondition)
      throws IOException, InterruptedException {
    Versions.requireChangeable(from);
    Versions.requireChangeable(to);
    try (var _ = workspace.lockAll()) {
      Optional<FileOutcome> conflict = entryConflict(from, precondition);
      if (conflict.isPresent()) {
        return conflict.get();
      }
      if (workspace.stat(to).isPresent()) {
        return new FileOutcome.Occupied(to);
      }
      versions.move(from, to, Author.current());
      Optional<FileFacts> file = Optional.empty();
      if (workspace.stat(to).filter(this::isSmallFile).isPresent()) {
        file = Optional.of(FileFacts.of(to, workspace.read(to, MOST_WRITTEN)));
      }
      return new FileOutcome.Done(Status.MOVED, file, "");
    }
  }

  private boolean isSmallFile(FileInfo info) {
    return info.isFile() && info.bytes() <= MOST_WRITTEN;
  }

  /// Deletes a file, a link, or a directory.
  ///
  /// @param precondition about what is deleted; on content for files only
  /// @param isRecursive whether a directory that is not empty may go with all below it
  public FileOutcome delete(WorkspacePath path, Precondition precondition, boolean isRecursive)
      throws IOException, InterruptedException {
    Versions.requireChangeable(path);
    try (var _ = workspace.lockAll()) {
      Optional<FileOutcome> conflict = entryConflict(path, precondition);
      if (conflict.isPresent()) {
        return conflict.get();
      }
      if (!isRecursive
          && workspace.stat(path).filter(FileInfo::isDirectory).isPresent()
          && !workspace.list(path).isEmpty()) {
        throw new WorkspaceException(
            Kind.NOT_A_FILE,
            path + " is a directory that is not empty; set recursive to delete all below it.");
      }
      versions.delete(path, Author.current());
      return new FileOutcome.Done(Status.DELETED, Optional.empty(), "");
    }
  }

  /// What a file contains now; empty if there is none.
  ///
  /// @param advice what to do if it is too large to be taken
  private Optional<byte[]> current(WorkspacePath path, String advice) throws IOException {
    try {
      return Optional.of(content(path, advice));
    } catch (WorkspaceException e) {
      if (e.kind() == Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private byte[] content(WorkspacePath path, String advice) throws IOException {
    try {
      return workspace.read(path, MOST_WRITTEN);
    } catch (WorkspaceException e) {
      throw e.kind() == Kind.TOO_LARGE
          ? new WorkspaceException(Kind.TOO_LARGE, e.getMessage() + " " + advice, e)
          : e;
    }
  }

  private Optional<FileOutcome> entryConflict(WorkspacePath path, Precondition precondition)
      throws IOException {
    if (StaleChange.expected(precondition).isEmpty()) {
      return Optional.empty();
    }
    Optional<byte[]> old =
        current(path, "Leave out expected_sha256 to move or delete it nonetheless.");
    return isStale(path, old, precondition)
        ? Optional.of(StaleChange.ofEntry(path, old.orElseThrow(), base(precondition)))
        : Optional.empty();
  }

  private static boolean isStale(
      WorkspacePath path, Optional<byte[]> old, Precondition precondition)
      throws WorkspaceException {
    Optional<String> expected = StaleChange.expected(precondition);
    return expected.isPresent()
        && !Sha256.hex(old.orElseThrow(() -> vanished(path))).equals(expected.get());
  }

  private static WorkspaceException vanished(WorkspacePath path) {
    return new WorkspaceException(
        Kind.NOT_FOUND,
        "memory_precondition_failed_error: "
            + path
            + " does not exist; leave out expected_sha256 to make it.");
  }

  private FileOutcome written(
      Status status, WorkspacePath path, byte @Nullable [] old, byte[] content, String diff)
      throws IOException {
    String sha256 = versions.write(path, old, content, Author.current()).sha256();
    return new FileOutcome.Done(status, Optional.of(FileFacts.of(path, content, sha256)), diff);
  }

  private static FileOutcome done(Status status, WorkspacePath path, byte[] content, String diff) {
    return new FileOutcome.Done(status, Optional.of(FileFacts.of(path, content)), diff);
  }

  private static void requireSize(WorkspacePath path, byte[] content) throws WorkspaceException {
    if (content.length > MOST_WRITTEN) {
      throw new WorkspaceException(
          Kind.TOO_LARGE,
          "%s would have %,d bytes, but at most %,d can be written; split it."
              .formatted(path, content.length, MOST_WRITTEN));
    }
  }

  private static WorkspaceException notText(WorkspacePath path) {
    return new WorkspaceException(
        Kind.NOT_A_FILE, path + " is not valid UTF-8 text, so it cannot be edited as text.");
  }
}
