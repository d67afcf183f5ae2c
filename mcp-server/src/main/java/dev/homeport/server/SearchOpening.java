package dev.homeport.server;

import dev.homeport.search.IndexedFiles;
import dev.homeport.search.LiveFiles;
import dev.homeport.server.tool.Lazy;
import dev.homeport.server.tool.Toolset;
import dev.homeport.workspace.Workspace;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;

/// The files of a workspace and the index of what is in them, both opened on first use.
/// Thread-safe.
///
/// It needs nothing of what else is wired, so that it can begin as soon as a client is there.
final class SearchOpening implements AutoCloseable {
  private final ServerConfig server;
  private final UserDirectories user;
  private final Lazy<Workspace> workspace;
  private final Lazy<LiveFiles> files;
  private final Lazy<IndexedFiles> indexed;

  SearchOpening(ServerConfig server, UserDirectories user) {
    this.server = server;
    this.user = user;
    workspace =
        Lazy.of(() ->
            WorkspaceOpening.prepared(
                Workspace.open(server.workspace(), server.config().durability()), server.config()));
    files = Lazy.of(() -> LiveFiles.of(workspace.get(), directory()));
    indexed = Lazy.of(() -> IndexedFiles.of(workspace.get(), files.get(), directory()));
  }

  Lazy<Workspace> workspace() {
    return workspace;
  }

  Lazy<LiveFiles> files() {
    return files;
  }

  Lazy<IndexedFiles> indexed() {
    return indexed;
  }

  private Path directory() throws IOException, InterruptedException {
    return user.trigrams(workspace.get().root());
  }

  /// Opens the index of files that were searched before, so that the first search need not wait for
  /// it. Whoever never searches has none, and nothing is read for him.
  void begin() {
    if (!server.tools().toolsets().contains(Toolset.SEARCH)) {
      return;
    }
    try {
      if (Files.isDirectory(directory())) {
        indexed.get();
      }
    } catch (IOException failure) {
      System.getLogger(SearchOpening.class.getName())
          .log(Level.DEBUG, "index=not opened early", failure); // whoever searches is told
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    indexed.opened().ifPresent(IndexedFiles::close);
    files.opened().ifPresent(LiveFiles::close);
  }
}
