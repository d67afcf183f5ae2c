package dev.homeport.server.tool;

import java.io.Serial;

/// A bug in a tool: a JSON-RPC error -32603 for the client, with an id that the log has too.
public final class ToolFault extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final String id;

  ToolFault(String tool, String id, Throwable cause) {
    super("Internal error in tool `%s`; id %s in the server's log".formatted(tool, id), cause);
    this.id = id;
  }

  /// What to look for in the log.
  public String id() {
    return id;
  }
}
