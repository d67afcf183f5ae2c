package dev.homeport.server.tool;

import dev.homeport.server.tool.schema.RecordShape;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import org.springframework.ai.mcp.annotation.McpTool;

/// What a client is told about one tool. Immutable.
///
/// @param name letters, digits, `_` and `-`
/// @param toolset the group that it is switched on with
/// @param title a few words for a person
/// @param description what a model reads
/// @param hints how it behaves
/// @param inputSchema JSON Schema of the arguments
/// @param outputSchema JSON Schema of the structured result, if the tool has one
public record ToolDefinition(
    String name,
    Toolset toolset,
    String title,
    String description,
    Hints hints,
    Map<String, Object> inputSchema,
    Optional<Map<String, Object>> outputSchema) {

  /// How a tool behaves, in MCP's words.
  ///
  /// @param readOnly changes nothing
  /// @param destructive may destroy something that is there
  /// @param idempotent a second equal call changes nothing more
  /// @param openWorld reaches beyond the workspace
  public record Hints(
      boolean readOnly, boolean destructive, boolean idempotent, boolean openWorld) {}

  static ToolDefinition of(Toolset toolset, Method method, RecordShape<?> arguments) {
    McpTool tool = method.getAnnotation(McpTool.class);
    McpTool.McpAnnotations hints = tool.annotations();
    ResultType result = method.getAnnotation(ResultType.class);
    return new ToolDefinition(
        tool.name(),
        toolset,
        tool.title(),
        tool.description(),
        new Hints(
            hints.readOnlyHint(),
            hints.destructiveHint(),
            hints.idempotentHint(),
            hints.openWorldHint()),
        arguments.schema(),
        Optional.ofNullable(result).map(type -> RecordShape.of(type.value()).schema()));
  }
}
