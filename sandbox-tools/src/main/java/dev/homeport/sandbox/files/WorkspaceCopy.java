package dev.homeport.sandbox.files;

import dev.homeport.sandbox.Command;
import dev.homeport.sandbox.Exec;
import dev.homeport.sandbox.FileChange;
import dev.homeport.sandbox.WorkspacePolicy;
import dev.homeport.sandbox.files.CopyState.Inside;
import dev.homeport.sandbox.files.TreeScan.Stamp;
import dev.homeport.workspace.WorkspaceException;
import dev.homeport.workspace.WorkspacePath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/// A copy of the workspace inside a sandbox that follows the workspace.
///
/// Before each command, files that changed outside are copied in, unless the sandbox changed them
/// as well. Thread-safe.
public final class WorkspaceCopy {
  /// The sandbox that holds the copy at `/workspace`.
  public interface Holder {
    /// Runs a command in the sandbox, without bringing the copy up to date first.
    Exec start(Command command) throws IOException, InterruptedException;

    /// Unpacks a tar stream into `/workspace`; the first one may have no entry but `./`.
    void unpack(InputStream tar) throws IOException, InterruptedException;
  }

  private static final int LONGEST_LISTING = 64 << 20;
  private static final String LIST = "find . ! -type d -printf '%y %s %C@ %P\\0' && printf '\\0'";

  private final Path root;
  private final WorkspacePolicy policy;
  private final List<WorkspacePath> elsewhere;
  private final Path spool;
  private final Path note;
  private final Holder holder;
  private final ReentrantLock lock = new ReentrantLock();
  private boolean filled;
  private CopyState state = CopyState.empty();

  /// Copies nothing yet.
  ///
  /// @param root the workspace
  /// @param elsewhere paths that the holder shows by other means
  /// @param directory where a file may be made for passing content, and one that tells the server
  ///   after this one what was copied
  public WorkspaceCopy(
      Path root,
      WorkspacePolicy policy,
      List<WorkspacePath> elsewhere,
      Path directory,
      Holder holder) {
    this.root = root;
    this.policy = policy;
    this.elsewhere = List.copyOf(elsewhere);
    this.spool = directory.resolve("spool");
    this.note = directory.resolve("copied");
    this.holder = holder;
  }

  /// Goes on where a killed server was.
  public WorkspaceCopy resumed() throws IOException {
    state = CopyState.read(note);
    filled = true;
    return this;
  }

  /// Brings in what changed outside.
  public void refresh() throws IOException, InterruptedException {
    lock.lockInterruptibly();
    try {
      SortedMap<WorkspacePath, Stamp> now = scan();
      SortedMap<WorkspacePath, Stamp> synced = state.synced();
      if (filled && now.equals(synced)) {
        return;
      }
      Map<WorkspacePath, Inside> inside = filled ? list() : Map.of();
      var fresh = new ArrayList<WorkspacePath>();
      now.forEach((path, stamp) -> {
        if (!stamp.equals(synced.get(path)) && isUntouched(path, inside)) {
          fresh.add(path);
        }
      });
      List<WorkspacePath> gone =
          synced.keySet().stream()
              .filter(path -> !now.containsKey(path) && isUntouched(path, inside))
              .filter(inside::containsKey)
              .toList();
      remove(gone);
      if (!filled || !fresh.isEmpty()) {
        copy(fresh);
      }
      filled = true;
      state = new CopyState(now, state.base());
      rebase(fresh, gone);
      state.write(note);
    } finally {
      lock.unlock();
    }
  }

  /// Notes for a copy of the files inside, which is made next, what it is to be compared with.
  public void move(Path file) throws IOException, InterruptedException {
    lock.lockInterruptibly();
    try {
      state.moving(list()).write(file);
    } finally {
      lock.unlock();
    }
  }

  /// Fills the sandbox with files that were copied elsewhere.
  ///
  /// @param file what [#move] noted there
  /// @param tar the files, for [Holder#unpack]
  public void fill(Path file, Path tar) throws IOException, InterruptedException {
    lock.lockInterruptibly();
    try {
      try (InputStream content = Files.newInputStream(tar)) {
        holder.unpack(content);
      }
      state = CopyState.read(file).settled(list());
      filled = true;
      state.write(note);
    } finally {
      lock.unlock();
    }
  }

  private SortedMap<WorkspacePath, Stamp> scan() throws IOException {
    SortedMap<WorkspacePath, Stamp> found = TreeScan.of(root, policy);
    found.keySet().removeIf(this::isElsewhere);
    return found;
  }

  private boolean isElsewhere(WorkspacePath path) {
    return elsewhere.stream().anyMatch(path::startsWith);
  }

  private boolean isUntouched(WorkspacePath path, Map<WorkspacePath, Inside> inside) {
    return Objects.equals(inside.get(path), state.base().get(path));
  }

  private void rebase(Collection<WorkspacePath> fresh, Collection<WorkspacePath> gone)
      throws IOException, InterruptedException {
    Map<WorkspacePath, Inside> base = state.base();
    gone.forEach(base::remove);
    Map<WorkspacePath, Inside> inside = list();
    for (WorkspacePath path : fresh) {
      Inside entry = inside.get(path);
      if (entry != null) {
        base.put(path, entry);
      }
    }
  }

  private void copy(List<WorkspacePath> paths) throws IOException, InterruptedException {
    try {
      WorkspaceTar.write(root, paths, spool);
      try (InputStream tar = Files.newInputStream(spool)) {
        holder.unpack(tar);
      }
    } finally {
      Files.deleteIfExists(spool);
    }
  }

  private void remove(List<WorkspacePath> paths) throws IOException, InterruptedException {
    if (paths.isEmpty()) {
      return;
    }
    var names = new StringBuilder();
    paths.forEach(path -> names.append("./").append(path).append('\0'));
    Capture.run(
        holder.start(
            new Command(
                List.of("xargs", "-0", "rm", "-f", "--"),
                new ByteArrayInputStream(names.toString().getBytes(StandardCharsets.UTF_8)))));
  }

  /// The files that differ from what was copied in.
  public List<FileChange> changes() throws IOException, InterruptedException {
    lock.lockInterruptibly();
    try {
      Map<WorkspacePath, Inside> inside = list();
      Map<WorkspacePath, Inside> base = state.base();
      var changes = new TreeMap<WorkspacePath, FileChange>();
      inside.forEach((path, entry) -> {
        Inside before = base.get(path);
        if (!entry.equals(before)) {
          var kind = before == null ? FileChange.Kind.ADDED : FileChange.Kind.CHANGED;
          changes.put(path, new FileChange(path, kind, entry.bytes(), entry.kind() == 'f'));
        }
      });
      base.forEach((path, before) -> {
        if (!inside.containsKey(path)) {
          changes.put(path, new FileChange(path, FileChange.Kind.DELETED, 0, before.kind() == 'f'));
        }
      });
      return changes.values().stream()
          .filter(change -> !change.path().segments().contains(".git"))
          .filter(change -> !isElsewhere(change.path()))
          .toList();
    } finally {
      lock.unlock();
    }
  }

  /// Takes the sandbox's files at these paths for the workspace's own.
  public void settle(Collection<WorkspacePath> paths) throws IOException, InterruptedException {
    lock.lockInterruptibly();
    try {
      SortedMap<WorkspacePath, Stamp> now = scan();
      Map<WorkspacePath, Inside> inside = list();
      for (WorkspacePath path : paths) {
        Stamp stamp = now.get(path);
        Inside entry = inside.get(path);
        if (stamp == null || entry == null) {
          state.synced().remove(path);
          state.base().remove(path);
        } else {
          state.synced().put(path, stamp);
          state.base().put(path, entry);
        }
      }
      state.write(note);
    } finally {
      lock.unlock();
    }
  }

  /// Everything inside that is not a directory; names that break the path grammar are left out.
  private Map<WorkspacePath, Inside> list() throws IOException, InterruptedException {
    byte[] listing = Capture.bytes(holder.start(Command.of("sh", "-c", LIST)), LONGEST_LISTING);
    var inside = new HashMap<WorkspacePath, Inside>();
    for (String line : new String(listing, StandardCharsets.UTF_8).split("\0", -1)) {
      add(line, inside);
    }
    return inside;
  }

  private static void add(String line, Map<WorkspacePath, Inside> inside) {
    String[] parts = line.split(" ", 4);
    if (parts.length < 4) {
      return;
    }
    try {
      inside.put(
          WorkspacePath.parse(parts[3]),
          new Inside(parts[0].charAt(0), Long.parseLong(parts[1]), parts[2]));
    } catch (WorkspaceException e) {
      // The workspace could not hold it either, so it is no change that could be brought back.
    }
  }
}
