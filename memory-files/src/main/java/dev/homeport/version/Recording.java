package dev.homeport.version;

import dev.homeport.version.Version.Operation;
import dev.homeport.workspace.WorkspacePath;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is to be added to the version log in one piece.
///
/// @param author of the changes
/// @param contents what the changes speak of; what the log holds already is not written again
/// @param changes in their order
record Recording(Author author, List<Content> contents, List<Change> changes) {
  /// Copies the lists.
  Recording {
    contents = List.copyOf(contents);
    changes = List.copyOf(changes);
  }

  /// All bytes of a file as it is or was, which nobody changes any more.
  static final class Content {
    private final Snapshot snapshot;
    private final byte[] bytes;

    private Content(byte[] bytes) {
      this.snapshot = Snapshot.of(bytes);
      this.bytes = bytes;
    }

    static Content of(byte[] bytes) {
      return new Content(bytes);
    }

    Snapshot snapshot() {
      return snapshot;
    }

    ByteBuffer buffer() {
      return ByteBuffer.wrap(bytes);
    }
  }

  /// A change of one file.
  ///
  /// @param operation what was done
  /// @param path the file; the new path of a moved one
  /// @param from the old path of a moved file
  /// @param before what it contained; null if there was none
  /// @param after what it contains; null if there is none
  record Change(
      Operation operation,
      WorkspacePath path,
      @Nullable WorkspacePath from,
      @Nullable Snapshot before,
      @Nullable Snapshot after) {
    static Change written(WorkspacePath path, @Nullable Snapshot before, Snapshot after) {
      Operation operation = before == null ? Operation.CREATED : Operation.MODIFIED;
      return new Change(operation, path, null, before, after);
    }

    static Change deleted(WorkspacePath path, Snapshot before) {
      return new Change(Operation.DELETED, path, null, before, null);
    }

    static Change moved(WorkspacePath from, WorkspacePath to, Snapshot content) {
      return new Change(Operation.MOVED, to, from, content, content);
    }

    /// The file whose state the change begins with.
    WorkspacePath source() {
      return from == null ? path : from;
    }
  }
}
