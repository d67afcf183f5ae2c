package dev.homeport.server.mcp;

import dev.homeport.server.tool.ToolContext;
import dev.homeport.server.tool.ToolRegistry;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Everything that a client can see of a server.
///
/// @param tools the tools
/// @param contexts makes the surroundings of a call
/// @param annotated objects with methods annotated by Spring AI's `@McpResource` and `@McpPrompt`
/// @param instructions what the model reads first; asked for once per server
/// @param extensions the extensions of the protocol that are served, by their ids
public record Surface(
    ToolRegistry tools,
    Contexts contexts,
    List<Object> annotated,
    Supplier<String> instructions,
    Map<String, Map<String, Object>> extensions) {

  /// Makes the surroundings of a call.
  @FunctionalInterface
  public interface Contexts {
    /// The surroundings of one call.
    ///
    /// @param clientName the name that the client gave itself
    /// @param meta the `_meta` of the request
    /// @param progress where progress reports go
    ToolContext of(String clientName, Map<String, ?> meta, ToolContext.Progress progress);
  }

  /// Copies the collections.
  public Surface {
    annotated = List.copyOf(annotated);
    extensions = Map.copyOf(extensions);
  }

  /// A surface without extensions.
  public Surface(
      ToolRegistry tools,
      Contexts contexts,
      List<Object> annotated,
      Supplier<String> instructions) {
    this(tools, contexts, annotated, instructions, Map.of());
  }
}
