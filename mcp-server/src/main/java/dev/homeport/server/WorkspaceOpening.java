package dev.homeport.server;

import dev.homeport.server.config.Config;
import dev.homeport.version.Retention;
import dev.homeport.version.Versions;
import dev.homeport.workspace.Workspace;
import java.io.IOException;
import java.lang.System.Logger.Level;

/// What is done with a workspace that was just opened.
final class WorkspaceOpening {
  private WorkspaceOpening() {}

  /// Gives the history its limits, and removes beside what dead processes left.
  static Workspace prepared(Workspace opened, Config config) throws IOException {
    if (!config.history().equals(Retention.DEFAULT)) {
      Versions.of(opened, config.history());
    }
    Thread.ofVirtual().name("leftovers").start(() -> removeLeftovers(opened));
    return opened;
  }

  private static void removeLeftovers(Workspace opened) {
    try {
      opened.removeLeftovers();
    } catch (IOException e) {
      System.getLogger(WorkspaceOpening.class.getName())
          .log(Level.WARNING, "what dead processes left stays there: {0}", e.getMessage());
    }
  }
}
