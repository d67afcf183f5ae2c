package dev.homeport.server.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where the configuration of a process is read from.
///
/// @param userFile the user's own file, which may be missing
/// @param workspace the directory whose `.homeport/config.yaml` may narrow it
/// @param environment the environment variables
/// @param options `KEY=VALUE` of the command line
public record ConfigSources(
    Path userFile, Path workspace, Map<String, String> environment, List<String> options) {
  /// Copies the options.
  public ConfigSources {
    options = List.copyOf(options);
  }

  /// Where the user's file is, by the XDG Base Directory Specification.
  public static Path userFile(Map<String, String> environment, Path home) {
    return Optional.ofNullable(environment.get("XDG_CONFIG_HOME"))
        .filter(path -> path.startsWith("/"))
        .map(Path::of)
        .orElse(home.resolve(".config"))
        .resolve("homeport")
        .resolve("config.yaml");
  }
}
