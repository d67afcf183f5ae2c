package dev.homeport.index;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The files that ranked search covers, and their text.
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

  TreeTexts(Workspace workspace) {
    this.workspace = workspace;
  }

  /// All files as they stand now, by path.
  Map<String, TreeFile> sweep() throws IOException, InterruptedException {
    var files = new TreeMap<String, TreeFile>();
    walk(WorkspacePath.ROOT, files);
    for (String hidden : HIDDEN) {
      WorkspacePath path = WorkspacePath.parse(hidden);
      if (workspace.stat(path).isPresent()) {
        walk(path, files);
      }
    }
    return files;
  }

  private void walk(WorkspacePath start, Map<String, TreeFile> files)
      throws IOException, InterruptedException {
    new TreeWalk(workspace.root(), TreeFilter.DEFAULT, file -> files.put(file.path(), file))
        .from(start);
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
