package dev.homeport.claude;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where the instructions outside of the workspace stand.
///
/// @param managed the organisation's `CLAUDE.md`, or null for none
/// @param user the user's directory `.claude`, or null for none
public record ClaudeRoots(@Nullable Path managed, @Nullable Path user) {
  /// Nothing outside of the workspace.
  public static final ClaudeRoots NONE = new ClaudeRoots(null, null);

  /// Where Claude Code looks.
  ///
  /// @param home the user's home directory
  public static ClaudeRoots on(Path home) {
    boolean isMac = System.getProperty("os.name", "").startsWith("Mac");
    String managed = isMac ? "/Library/Application Support/ClaudeCode" : "/etc/claude-code";
    return new ClaudeRoots(Path.of(managed, "CLAUDE.md"), home.resolve(".claude"));
  }

  Optional<Path> managedFile() {
    return Optional.ofNullable(managed);
  }

  /// The user's home directory, which holds the directory `.claude`.
  Optional<Path> home() {
    return Optional.ofNullable(user).map(Path::getParent);
  }

  List<Path> userDirectories() {
    return user == null ? List.of() : List.of(user);
  }
}
