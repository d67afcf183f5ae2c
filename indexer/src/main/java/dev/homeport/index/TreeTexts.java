package dev.homeport.index;

import dev.homeport.search.LiveFiles;
import dev.homeport.search.live.FileTable;
import dev.homeport.search.live.TableWalk;
import dev.homeport.search.live.TableWalk.Interest;
import dev.homeport.search.tree.FileOpener;
import dev.homeport.search.tree.TreeFile;
import dev.homeport.search.tree.TreeFilter;
import dev.homeport.search.tree.TreeWalk;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.NoSuchFileException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// The files that ranked search covers, and their text. Thread-safe.
final class TreeTexts {
  /// Larger files are indexed up to here.
  private static final int MAX_BYTES = 4 << 20;

  /// Hidden places that a walk from the root leaves out, but an agent wants to find.
  private static final List<String> HIDDEN =
      List.of(
          ".agents/skills",
          ".claude/skills",
          ".homeport/memory",
          ".homeport/results",
          ".homeport/sessions",
          ".planning");

  private final Workspace workspace;
  private final Optional<LiveFiles> live;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock.
  private Optional<FileTable> table = Optional.empty();
  private Map<String, TreeFile> visible = Map.of();
  private Map<String, TreeFile> hidden = Map.of();
  private Map<String, TreeFile> all = Map.of();

  /// @param live the files of the workspace, if they are watched; else they are walked
  TreeTexts(Workspace workspace, Optional<LiveFiles> live) {
    this.workspace = workspace;
    this.live = live;
  }

  /// All files as they stand now, by path; the same object as before if nothing changed.
  Map<String, TreeFile> files() throws IOException, InterruptedException {
    Optional<FileTable> now = live.isPresent() ? live.get().table() : Optional.empty();
    lock.lockInterruptibly();
    try {
      boolean isSame = now.isPresent() && now.equals(table);
      if (!isSame) {
        visible = now.isPresent() ? of(now.get()) : walked(WorkspacePath.ROOT);
        table = now;
      }
      Map<String, TreeFile> found = hidden();
      if (!isSame || !found.equals(hidden)) {
        hidden = found;
        all = found.isEmpty() ? visible : both(visible, found);
      }
      return all;
    } finally {
      lock.unlock();
    }
  }

  private static Map<String, TreeFile> both(
      Map<String, TreeFile> some, Map<String, TreeFile> others) {
    var both = HashMap.<String, TreeFile>newHashMap(some.size() + others.size());
    both.putAll(some);
    both.putAll(others);
    return both;
  }

  private Map<String, TreeFile> of(FileTable now) throws IOException, InterruptedException {
    var files = new HashMap<String, TreeFile>();
    var filter = TreeFilter.DEFAULT;
    new TableWalk(workspace.root(), now, filter, Interest.ALL, f -> files.put(f.path(), f))
        .from(WorkspacePath.ROOT);
    return files;
  }

  private Map<String, TreeFile> hidden() throws IOException, InterruptedException {
    var files = new HashMap<String, TreeFile>();
    for (String place : HIDDEN) {
      WorkspacePath path = WorkspacePath.parse(place);
      if (workspace.stat(path).isPresent()) {
        files.putAll(walked(path));
      }
    }
    return files;
  }

  private Map<String, TreeFile> walked(WorkspacePath start)
      throws IOException, InterruptedException {
    var files = new HashMap<String, TreeFile>();
    new TreeWalk(workspace.root(), TreeFilter.DEFAULT, file -> files.put(file.path(), file))
        .from(start);
    return files;
  }

  /// The text of a file: empty for a binary one, absent if the file is gone or unreadable.
  ///
  /// @throws InterruptedException if interrupted: the file is neither gone nor unreadable then
  Optional<String> read(FileOpener opener, String path) throws InterruptedException {
    try (var channel = opener.open(path)) {
      var buffer = ByteBuffer.allocate((int) Math.min(channel.size(), MAX_BYTES));
      int read = 0;
      while (read >= 0 && buffer.hasRemaining()) {
        read = channel.read(buffer);
      }
      return Optional.of(TextDecoder.text(buffer.array(), buffer.position()));
    } catch (ClosedByInterruptException e) {
      Thread.interrupted();
      throw (InterruptedException) new InterruptedException().initCause(e);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      System.getLogger(TreeTexts.class.getName())
          .log(System.Logger.Level.DEBUG, "not indexed: {0}", e.getClass().getSimpleName());
      return Optional.empty();
    }
  }
}
