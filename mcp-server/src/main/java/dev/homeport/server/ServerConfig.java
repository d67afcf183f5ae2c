package dev.homeport.server;

import dev.homeport.server.tool.ToolRegistry;
import dev.homeport.workspace.Durability;
import java.nio.file.Path;

/// What one server is told when it starts.
///
/// @param workspace the directory to work on
/// @param tools which tools are on
/// @param durability what an acknowledged write survives
/// @param logs what is logged in sessions, and how
public record ServerConfig(
    Path workspace, ToolRegistry.Selection tools, Durability durability, LogConfig logs) {
  /// Everything on, for one workspace.
  public static ServerConfig of(Path workspace) {
    return new ServerConfig(
        workspace, ToolRegistry.Selection.ALL, Durability.FULL, LogConfig.DEFAULT);
  }
}
