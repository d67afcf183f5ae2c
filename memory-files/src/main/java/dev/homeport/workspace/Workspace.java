package dev.homeport.workspace;

import dev.homeport.workspace.WorkspaceException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A directory tree that agents may read and write, with no way out of it.
///
/// Each component of a path is opened relative to its parent without following links, so there is
/// no gap between check and use. Writes are atomic and durable: temporary file, fsync, rename,
/// fsync of the directory. Thread-safe; several processes may share one tree.
///
/// All operations throw [WorkspaceException] for what the caller can repair.
public final class Workspace {
  /// The directory below the root that belongs to Homeport.
  public static final String OWN_DIRECTORY = ".homeport";

  /// How long a writer waits for another one.
  public static final Duration LOCK_LIMIT = Duration.ofSeconds(30);

  static final WorkspacePath LOCK = new WorkspacePath(List.of(OWN_DIRECTORY, "lock"));
  private static final Alongside NOTHING = () -> {};
  private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

  private final Path root;
  private final Durability durability;
  private final DirectoryForces forces;
  private final WorkspaceTree tree;
  private final WorkspaceChanges changes;
  private final ProcessLocks locks;

  private Workspace(Path root, boolean isPrivate, Durability durability) {
    this.root = root;
    this.durability = durability;
    this.forces = new DirectoryForces(durability);
    this.tree = new WorkspaceTree(root, isPrivate, forces);
    this.changes = new WorkspaceChanges(tree, forces, durability);
    this.locks = tree.locks(LOCK);
  }

  /// Something that becomes durable together with a change of a file.
  @FunctionalInterface
  public interface Alongside {
    /// Does it durably, once the change is made and while that is becoming durable.
    void commit() throws IOException;
  }

  /// Opens an existing directory; a root that is itself a link is resolved once, here.
  ///
  /// New files follow the umask, except below [#OWN_DIRECTORY], where they are for their owner
  /// alone.
  ///
  /// @throws WorkspaceException if it does not exist, is not a directory or cannot be read
  public static Workspace open(Path directory) throws IOException {
    return open(directory, Durability.FULL);
  }

  /// The same, with a choice of what an acknowledged write survives.
  public static Workspace open(Path directory, Durability durability) throws IOException {
    return open(directory, false, durability);
  }

  /// Opens a directory, made if it is missing, in which all new files are for their owner alone.
  ///
  /// @throws WorkspaceException if it is not a directory, or cannot be made or read
  public static Workspace openPrivate(Path directory, Durability durability) throws IOException {
    if (!Files.exists(directory)) {
      Failures.translate(
          WorkspacePath.ROOT,
          () ->
              Files.createDirectories(
                  directory,
                  PosixFilePermissions.asFileAttribute(
                      PosixFilePermissions.fromString("rwx------"))));
    }
    return open(directory, true, durability);
  }

  private static Workspace open(Path directory, boolean isPrivate, Durability durability)
      throws IOException {
    if (!Files.exists(directory)) {
      throw new WorkspaceException(
          Kind.NOT_FOUND,
          "The workspace " + directory + " does not exist; create it or choose another.");
    }
    if (!Files.isDirectory(directory)) {
      throw new WorkspaceException(
          Kind.NOT_A_DIRECTORY, "The workspace " + directory + " is a file, not a directory.");
    }
    if (!Files.isReadable(directory) || !Files.isExecutable(directory)) {
      throw new WorkspaceException(
          Kind.DENIED, "The workspace " + directory + " cannot be read by this user.");
    }
    return new Workspace(directory.toRealPath(), isPrivate, durability);
  }

  /// The root as a path of the host: for configuration and logs, never for an agent.
  public Path root() {
    return root;
  }

  /// Whether a file of this name is an unfinished write, which no listing shows.
  public static boolean isUnfinished(String name) {
    return SecureDirectory.isTemporary(name);
  }

  /// What an acknowledged write survives.
  public Durability durability() {
    return durability;
  }

  /// Parses what an agent gave as a path; an absolute path below the root is taken as well.
  public WorkspacePath path(String text) throws WorkspaceException {
    String prefix = root.getParent() == null ? "/" : root + "/";
    if (text.equals(root.toString())) {
      return WorkspacePath.ROOT;
    }
    return WorkspacePath.parse(text.startsWith(prefix) ? text.substring(prefix.length()) : text);
  }

  /// What stands at a path, or empty if nothing does.
  public Optional<FileInfo> stat(WorkspacePath path) throws IOException {
    try {
      return tree.in(path.parent(), path, directory -> Entries.stat(path, directory));
    } catch (WorkspaceException e) {
      if (e.kind() == Kind.NOT_FOUND || e.kind() == Kind.NOT_A_DIRECTORY) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /// What tells the file at a path from all others; empty if no regular file stands there.
  Optional<Object> fileKey(WorkspacePath path) throws IOException {
    return tree.in(path.parent(), path, directory -> HardLinks.key(path, directory));
  }

  /// The entries of a directory in name order. Names that break the path grammar and unfinished
  /// writes are left out.
  public List<FileInfo> list(WorkspacePath path) throws IOException {
    return tree.in(
        path,
        path,
        directory -> {
          var entries = new ArrayList<FileInfo>();
          for (String name : directory.names().stream().sorted().toList()) {
            if (!SecureDirectory.isTemporary(name) && WorkspacePath.isName(name)) {
              Entries.stat(path.child(name), directory).ifPresent(entries::add);
            }
          }
          return entries;
        });
  }

  /// Opens a regular file for reading.
  public FileChannel openForRead(WorkspacePath path) throws IOException {
    requireUsable(path);
    return tree.in(
        path.parent(),
        path,
        directory -> {
          Entries.requireFile(path, directory);
          return directory.openFile(path.name(), Set.of(StandardOpenOption.READ), true);
        });
  }

  /// Opens a regular file that exists for reading and writing in place.
  ///
  /// The caller serialises writers and makes what it wrote durable.
  public FileChannel openForUpdate(WorkspacePath path) throws IOException {
    requireUsable(path);
    return tree.in(
        path.parent(),
        path,
        directory -> {
          Entries.requireFile(path, directory);
          var options = Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE);
          return directory.openFile(path.name(), options, true);
        });
  }

  /// Opens a regular file for appending, making it and its directories if they are missing.
  ///
  /// The caller serialises writers with [#lock] and makes what it wrote durable.
  public FileChannel openForAppend(WorkspacePath path) throws IOException {
    requireUsable(path);
    return tree.inMade(path.parent(), path, directory -> openForAppend(path, directory));
  }

  private FileChannel openForAppend(WorkspacePath path, SecureDirectory directory)
      throws IOException {
    boolean isNew = !Entries.requireFileOrNothing(path, directory);
    var options =
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    FileChannel channel = directory.openFile(path.name(), options, tree.isPrivate(path));
    try {
      channel.position(channel.size());
      if (isNew) {
        forces.force(directory);
      }
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /// Reads a whole file, or nothing if nothing stands there.
  ///
  /// @throws WorkspaceException of kind `TOO_LARGE` if it has more than `limit` bytes
  public Optional<byte[]> readIfPresent(WorkspacePath path, long limit) throws IOException {
    try {
      return Optional.of(read(path, limit));
    } catch (WorkspaceException e) {
      if (e.kind() == Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /// Reads a whole file.
  ///
  /// @throws WorkspaceException of kind `TOO_LARGE` if it has more than `limit` bytes
  public byte[] read(WorkspacePath path, long limit) throws IOException {
    try (var channel = openForRead(path)) {
      long size = channel.size();
      if (size > Math.min(limit, MOST_BYTES)) {
        throw new WorkspaceException(
            Kind.TOO_LARGE,
            path + " has " + size + " bytes, but at most " + limit + " can be taken at once.");
      }
      var buffer = ByteBuffer.allocate((int) size);
      int read = 0;
      while (read >= 0 && buffer.hasRemaining()) {
        read = channel.read(buffer);
      }
      return Arrays.copyOf(buffer.array(), buffer.position());
    }
  }

  /// Writes a whole file durably and atomically, making its directories if they are missing.
  ///
  /// Permissions of an existing file are kept; one that nobody may write is refused. Does not lock:
  /// see [#lock].
  public void write(WorkspacePath path, byte[] content) throws IOException {
    write(path, content, NOTHING);
  }

  /// The same, together with something else that is durable then.
  public void write(WorkspacePath path, byte[] content, Alongside alongside) throws IOException {
    requireUsable(path);
    changes.write(path, content, alongside);
  }

  /// Makes a directory and all missing ones above it, durably.
  public void createDirectory(WorkspacePath path) throws IOException {
    tree.inMade(path, path, _ -> null);
  }

  /// Deletes a file, a link, or a directory with all below it.
  public void delete(WorkspacePath path) throws IOException {
    delete(path, NOTHING);
  }

  /// The same, together with something else that is durable then.
  public void delete(WorkspacePath path, Alongside alongside) throws IOException {
    requireUsable(path);
    changes.delete(path, alongside);
  }

  /// Moves a file, a link or a directory to a path where nothing stands yet, making directories as
  /// needed.
  ///
  /// Hold the locks of both paths: the check for the target and the move are two steps.
  public void move(WorkspacePath from, WorkspacePath to) throws IOException {
    move(from, to, NOTHING);
  }

  /// The same, together with something else that is durable then.
  public void move(WorkspacePath from, WorkspacePath to, Alongside alongside) throws IOException {
    requireUsable(from);
    requireUsable(to);
    changes.move(from, to, alongside);
  }

  /// Excludes every other writer of these paths, in this process and in others, until closed.
  ///
  /// Give all paths at once: see [ProcessLocks#acquire].
  public ProcessLocks.Held lock(Collection<WorkspacePath> paths)
      throws IOException, InterruptedException {
    return Failures.translate(
        WorkspacePath.ROOT,
        () -> locks.acquire(paths.stream().map(Object::toString).toList(), LOCK_LIMIT));
  }

  /// Excludes every other writer who locks, until closed: for moves and deletions of directories.
  ///
  /// @throws IllegalStateException if this thread holds a lock of this workspace already
  public ProcessLocks.Held lockAll() throws IOException, InterruptedException {
    return Failures.translate(WorkspacePath.ROOT, () -> locks.acquireAll(LOCK_LIMIT));
  }

  /// The locks of a lock file of its own, below [#OWN_DIRECTORY]: for work that goes on while its
  /// callers hold locks of the workspace.
  public ProcessLocks locks(WorkspacePath file) {
    return tree.locks(file);
  }

  /// Removes the unfinished writes of processes that died, from where Homeport keeps its own files;
  /// elsewhere they go with the next write in their directory. Takes a moment: for a thread of its
  /// own, after the workspace was opened.
  public void removeLeftovers() throws IOException {
    tree.removeLeftovers();
  }

  /// Refuses the root, and lock files with what holds them: opening one would drop all its locks.
  private void requireUsable(WorkspacePath path) throws WorkspaceException {
    if (path.isRoot()) {
      throw new WorkspaceException(
          Kind.BAD_PATH, "The workspace root is not a file and cannot be changed.");
    }
    if (LOCK.startsWith(path) || ProcessLocks.isLockFile(root.resolve(path.toString()))) {
      throw new WorkspaceException(Kind.PROTECTED, path + " belongs to Homeport.");
    }
  }
}
