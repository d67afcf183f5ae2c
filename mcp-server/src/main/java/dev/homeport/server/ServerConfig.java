package dev.homeport.server;

import dev.homeport.server.tool.ToolRegistry;
import java.nio.file.Path;

/// What one server is told when it starts.
///
/// @param workspace the directory to work on
/// @param tools which tools are on
public record ServerConfig(Path workspace, ToolRegistry.Selection tools) {
  /// Everything on, for one workspace.
  public static ServerConfig of(Path workspace) {
    return new ServerConfig(workspace, ToolRegistry.Selection.ALL);
  }
}
