package dev.homeport.server;

import dev.homeport.server.config.Config;
import dev.homeport.server.tool.ToolRegistry;
import java.nio.file.Path;

/// What one server is told when it starts.
///
/// @param workspace the directory to work on
/// @param tools which tools are on
/// @param config limits and all else that is configured
/// @param principal whose calls these are
public record ServerConfig(
    Path workspace, ToolRegistry.Selection tools, Config config, String principal) {
  /// For the user of the operating system.
  public ServerConfig(Path workspace, ToolRegistry.Selection tools, Config config) {
    this(workspace, tools, config, System.getProperty("user.name"));
  }

  /// The same for somebody else.
  ServerConfig as(String other) {
    return new ServerConfig(workspace, tools, config, other);
  }

  /// Everything on, for one workspace, with the defaults.
  public static ServerConfig of(Path workspace) {
    return new ServerConfig(workspace, ToolRegistry.Selection.ALL, Config.defaults());
  }
}
