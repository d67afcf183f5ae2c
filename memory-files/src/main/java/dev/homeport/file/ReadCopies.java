package dev.homeport.file;

import dev.homeport.workspace.Durability;
import dev.homeport.workspace.FileInfo;
import dev.homeport.workspace.Sha256;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspaceException;
import dev.homeport.workspace.WorkspaceException.Kind;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Copies of texts as agents read them, so that what they write later can be merged with what
/// somebody else wrote meanwhile.
///
/// They stand outside the workspace, in a directory for its owner alone, one file for each content,
/// named by its SHA-256. They are a cache: written without an fsync, bounded, and gone without
/// harm. So reading changes nothing in a workspace, and a read succeeds where no copy can be made.
/// Thread-safe; several processes may share a directory.
public final class ReadCopies {
  /// The most bytes of a text that is copied, and that can be merged.
  public static final int MOST_BYTES = 1024 * 1024;

  /// No copies: only what Homeport itself wrote or replaced can be merged with.
  public static final ReadCopies NONE = new ReadCopies(null, InstantSource.system());

  private static final Duration KEPT = Duration.ofDays(14);
  private static final Duration RENEWED = Duration.ofDays(1);
  private static final long MOST_KEPT_BYTES = 64L * 1024 * 1024;
  private static final int MOST_KEPT_FILES = 4_000;
  private static final int COPIES_BETWEEN_CLEANINGS = 250;

  private final @Nullable Workspace directory;
  private final InstantSource clock;
  private final AtomicInteger made = new AtomicInteger();
  private final AtomicBoolean isFailureTold = new AtomicBoolean();

  private ReadCopies(@Nullable Workspace directory, InstantSource clock) {
    this.directory = directory;
    this.clock = clock;
  }

  /// The copies in a directory, which is made if it is missing and holds nothing else.
  public static ReadCopies in(Path directory) throws IOException {
    return in(directory, InstantSource.system());
  }

  static ReadCopies in(Path directory, InstantSource clock) throws IOException {
    return new ReadCopies(Workspace.openPrivate(directory, Durability.NONE), clock);
  }

  /// Takes the content of a file once it is known to be needed.
  interface Source {
    byte[] read() throws IOException;
  }

  /// Keeps a content unless it is kept already.
  ///
  /// @param sha256 of what was read; a content that is another one by now is not kept
  void keep(String sha256, Source content) {
    if (directory == null) {
      return;
    }
    try {
      WorkspacePath path = directory.path(sha256);
      Instant now = clock.instant();
      if (directory.stat(path).filter(copy -> isFresh(copy, now, RENEWED)).isPresent()) {
        return;
      }
      byte[] bytes = content.read();
      if (Sha256.hex(bytes).equals(sha256)) {
        directory.write(path, bytes);
        if (made.getAndIncrement() % COPIES_BETWEEN_CLEANINGS == 0) {
          Thread.ofVirtual().name("read-copies").start(() -> clean(directory, now));
        }
      }
    } catch (ClosedByInterruptException e) {
      // A cancelled call is no failure of the cache; the interrupt stays set for the caller.
      System.getLogger(ReadCopies.class.getName())
          .log(Level.DEBUG, "cancelled while what was read was copied");
    } catch (IOException e) {
      tell(e);
    }
  }

  /// A cache that fails must not fail the read; one line in the log is enough.
  private void tell(IOException failure) {
    if (!isFailureTold.getAndSet(true)) {
      System.getLogger(ReadCopies.class.getName())
          .log(Level.WARNING, "what is read cannot be copied for merges: {0}", failure.toString());
    }
  }

  private static boolean isFresh(FileInfo copy, Instant now, Duration age) {
    return copy.modified().isAfter(now.minus(age));
  }

  /// A content that was kept and is so still.
  Optional<byte[]> find(String sha256) throws IOException {
    if (directory == null || !isDigest(sha256)) {
      return Optional.empty();
    }
    try {
      byte[] content = directory.read(directory.path(sha256), MOST_BYTES);
      return Sha256.hex(content).equals(sha256) ? Optional.of(content) : Optional.empty();
    } catch (WorkspaceException e) {
      if (e.kind() == Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /// Deletes a content, as when it is redacted.
  public void forget(String sha256) throws IOException {
    if (directory != null && isDigest(sha256)) {
      delete(directory, directory.path(sha256));
    }
  }

  private static void delete(Workspace directory, WorkspacePath copy) throws IOException {
    try {
      directory.delete(copy);
    } catch (WorkspaceException e) {
      if (e.kind() != Kind.NOT_FOUND) {
        throw e;
      }
    }
  }

  private static boolean isDigest(String text) {
    return text.length() == 64
        && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
  }

  /// Deletes what is old and, the oldest first, what is too much.
  private void clean(Workspace copies, Instant now) {
    try {
      long bytes = 0;
      int files = 0;
      for (FileInfo copy : newestFirst(copies)) {
        bytes += copy.bytes();
        files++;
        boolean isTooMuch = bytes > MOST_KEPT_BYTES || files > MOST_KEPT_FILES;
        if (isTooMuch || !isFresh(copy, now, KEPT)) {
          delete(copies, copy.path());
        }
      }
    } catch (IOException e) {
      tell(e);
    }
  }

  private static List<FileInfo> newestFirst(Workspace copies) throws IOException {
    return copies.list(WorkspacePath.ROOT).stream()
        .filter(entry -> isDigest(entry.path().name()))
        .sorted(Comparator.comparing(FileInfo::modified).reversed())
        .toList();
  }
}
