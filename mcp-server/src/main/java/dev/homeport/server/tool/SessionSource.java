package dev.homeport.server.tool;

import java.io.IOException;
import java.util.Optional;

/// Knows the sessions of the workspace.
@FunctionalInterface
public interface SessionSource {
  /// Whose calls these are; on stdio the user of the operating system.
  default String principal() {
    return System.getProperty("user.name");
  }

  /// The id of the session that a call belongs to.
  ///
  /// @param requested the id that the call, its `_meta` or the environment names; if there is none,
  ///   the latest session of the client that was active within 12 hours is taken, or a new one
  /// @param clientName the name that the client gave itself, such as `claude-code`
  String bind(Optional<String> requested, String clientName)
      throws IOException, InterruptedException;
}
