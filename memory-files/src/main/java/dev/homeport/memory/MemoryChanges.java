package dev.homeport.memory;

import dev.homeport.memory.MemoryCommand.Create;
import dev.homeport.text.Utf8;
import dev.homeport.workspace.FileInfo;
import dev.homeport.workspace.ProcessLocks;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The commands that change memory. Each holds the locks of what it changes from before it reads
/// until after it has written.
final class MemoryChanges {
  private final MemoryQuota quota;

  MemoryChanges(MemoryQuota quota) {
    this.quota = quota;
  }

  MemoryOutcome create(MemoryPath path, Create command, Change change)
      throws IOException, InterruptedException, RefusedException {
    byte[] content = Utf8.encode(command.fileText());
    quota.requireSize(path, content);
    String created = "File created successfully at: " + path;
    // The tree's own lock makes counting its files and adding one a single step.
    try (var _ = lock(path, path.tree().top())) {
      Optional<FileInfo> found = path.stat();
      byte[] old = null;
      if (path.isTop() || (found.isPresent() && change.expectedSha256() == null)) {
        throw new RefusedException("Error: File " + path + " already exists");
      }
      if (found.isPresent()) {
        old = path.read(MemoryView.MOST_BYTES);
        var stale = stale(path, old, change);
        if (Arrays.equals(old, content)) {
          return new MemoryOutcome.Done(created, Optional.of(MemoryFile.of(path, content)));
        }
        if (stale.isPresent()) {
          return stale.get();
        }
        quota.requireGrowth(path.tree(), content.length - old.length);
      } else if (change.expectedSha256() != null) {
        throw missingPrecondition(path);
      } else {
        quota.requireRoom(path.tree(), content.length);
      }
      return write(path, old, content, created, change);
    }
  }

  /// Turns the text of a file into another one.
  interface Edit {
    MemoryEdit apply(String text) throws RefusedException;
  }

  /// Locks the whole tree only if its bytes come near to their limit: see [MemoryQuota].
  MemoryOutcome edit(MemoryPath path, String missing, Change change, Edit edit)
      throws IOException, InterruptedException, RefusedException {
    MemoryTree tree = path.tree();
    try (var _ = lock(path)) {
      Edited edited = edited(path, missing, change, edit);
      if (edited.stale.isPresent()) {
        return edited.stale.get();
      }
      if (quota.mayGrow(tree, edited.growth())) {
        try {
          return write(path, edited.old, edited.content, edited.answer, change);
        } finally {
          quota.grown(tree, edited.growth());
        }
      }
    }
    try (var _ = lock(path, tree.top())) {
      Edited edited = edited(path, missing, change, edit);
      if (edited.stale.isPresent()) {
        return edited.stale.get();
      }
      quota.requireGrowth(tree, edited.growth());
      return write(path, edited.old, edited.content, edited.answer, change);
    }
  }

  /// What an edit would make of a file.
  ///
  /// @param stale what to answer instead, because the file is not what the edit expects
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  private record Edited(
      Optional<MemoryOutcome.Stale> stale, byte[] old, byte[] content, String answer) {
    long growth() {
      return (long) content.length - old.length;
    }
  }

  private Edited edited(MemoryPath path, String missing, Change change, Edit edit)
      throws IOException, RefusedException {
    if (path.stat().filter(FileInfo::isFile).isEmpty()) {
      throw new RefusedException(missing);
    }
    byte[] old = path.read(MemoryView.MOST_BYTES);
    var stale = stale(path, old, change);
    if (stale.isPresent()) {
      return new Edited(stale, old, old, "");
    }
    MemoryEdit edited =
        edit.apply(Utf8.decode(old).orElseThrow(() -> MemoryView.unsupported(path)));
    byte[] content = Utf8.encode(edited.content());
    quota.requireSize(path, content);
    return new Edited(stale, old, content, edited.answer());
  }

  MemoryOutcome delete(MemoryPath path, Change change)
      throws IOException, InterruptedException, RefusedException {
    if (path.isTop()) {
      throw new RefusedException("Cannot delete the " + path + " directory itself");
    }
    try (var _ = path.tree().workspace().lockAll()) {
      FileInfo found = path.stat().orElseThrow(() -> gone(path));
      var stale = staleEntry(path, found, change);
      if (stale.isPresent()) {
        return stale.get();
      }
      path.versions().delete(path.file(), change.author());
      return new MemoryOutcome.Done("Successfully deleted " + path, Optional.empty());
    }
  }

  MemoryOutcome rename(MemoryPath from, MemoryPath to, Change change)
      throws IOException, InterruptedException, RefusedException {
    if (from.isTop()) {
      throw new RefusedException("Cannot rename the " + from + " directory itself");
    }
    try (var _ = from.tree().workspace().lockAll();
        var _ = from.tree().equals(to.tree()) ? null : to.tree().workspace().lockAll()) {
      FileInfo found = from.stat().orElseThrow(() -> gone(from));
      if (to.isTop() || to.stat().isPresent()) {
        throw new RefusedException("Error: The destination " + to + " already exists");
      }
      var stale = staleEntry(from, found, change);
      if (stale.isPresent()) {
        return stale.get();
      }
      if (from.tree().equals(to.tree())) {
        from.versions().move(from.file(), to.file(), change.author());
      } else {
        moveBetweenTrees(from, found, to, change);
      }
      String answer = "Successfully renamed " + from + " to " + to;
      return new MemoryOutcome.Done(
          answer,
          found.isFile() && found.bytes() <= MemoryView.MOST_BYTES
              ? Optional.of(MemoryFile.of(to, to.read(MemoryView.MOST_BYTES)))
              : Optional.empty());
    }
  }

  /// Writes first and deletes then: a crash in between leaves two copies, never none.
  private void moveBetweenTrees(MemoryPath from, FileInfo found, MemoryPath to, Change change)
      throws IOException, RefusedException {
    if (!found.isFile()) {
      throw new RefusedException(
          "Error: The directory %s cannot be moved between the project's and the user's memory; rename its files one by one."
              .formatted(from));
    }
    quota.requireRoom(to.tree(), found.bytes());
    to.write(null, from.read(MemoryView.MOST_BYTES), change);
    from.versions().delete(from.file(), change.author());
  }

  private static MemoryOutcome write(
      MemoryPath path, byte @Nullable [] old, byte[] content, String text, Change change)
      throws IOException {
    path.write(old, content, change);
    return new MemoryOutcome.Done(text, Optional.of(MemoryFile.of(path, content)));
  }

  static ProcessLocks.Held lock(MemoryPath... paths) throws IOException, InterruptedException {
    return paths[0].tree().workspace().lock(Arrays.stream(paths).map(MemoryPath::file).toList());
  }

  static Optional<MemoryOutcome.Stale> stale(MemoryPath path, byte[] content, Change change) {
    String expected = change.expectedSha256();
    var current = MemoryFile.of(path, content);
    return expected == null || current.sha256().equals(expected)
        ? Optional.empty()
        : Optional.of(new MemoryOutcome.Stale(current, expected));
  }

  private static Optional<MemoryOutcome.Stale> staleEntry(
      MemoryPath path, FileInfo found, Change change) throws IOException, RefusedException {
    if (change.expectedSha256() == null) {
      return Optional.empty();
    }
    if (!found.isFile()) {
      throw new RefusedException(
          "Error: " + path + " is not a file; leave out expected_sha256 for directories.");
    }
    return stale(path, path.read(MemoryView.MOST_BYTES), change);
  }

  static RefusedException missingPrecondition(MemoryPath path) {
    return new RefusedException(
        "memory_precondition_failed_error: %s does not exist; leave out expected_sha256 to make it."
            .formatted(path));
  }

  private static RefusedException gone(MemoryPath path) {
    return new RefusedException("Error: The path " + path + " does not exist");
  }
}
