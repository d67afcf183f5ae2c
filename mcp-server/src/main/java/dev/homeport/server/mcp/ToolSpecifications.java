package dev.homeport.server.mcp;

import dev.homeport.server.tool.ToolContext;
import dev.homeport.server.tool.ToolDefinition;
import dev.homeport.server.tool.ToolFault;
import dev.homeport.server.tool.ToolResult;
import dev.homeport.server.tool.schema.RecordJson;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The tools of a registry as the SDK wants them.
final class ToolSpecifications {
  private static final String META_PREFIX = "dev.homeport/";

  private final Surface surface;

  ToolSpecifications(Surface surface) {
    this.surface = surface;
  }

  List<SyncToolSpecification> all() {
    return surface.tools().definitions().stream()
        .map(tool -> new SyncToolSpecification(tool(tool), this::call))
        .toList();
  }

  private static McpSchema.Tool tool(ToolDefinition tool) {
    ToolDefinition.Hints hints = tool.hints();
    var builder =
        McpSchema.Tool.builder(tool.name(), tool.inputSchema())
            .title(tool.title())
            .description(tool.description())
            .annotations(
                McpSchema.ToolAnnotations.builder()
                    .readOnlyHint(hints.readOnly())
                    .destructiveHint(hints.destructive())
                    .idempotentHint(hints.idempotent())
                    .openWorldHint(hints.openWorld())
                    .build());
    tool.outputSchema().ifPresent(builder::outputSchema);
    return builder.build();
  }

  private CallToolResult call(McpSyncServerExchange exchange, CallToolRequest request) {
    Map<String, Object> meta = Objects.requireNonNullElse(request.meta(), Map.of());
    ToolContext context =
        surface.contexts().of(clientName(exchange), meta, progress(exchange, meta));
    try {
      return result(
          surface
              .tools()
              .call(
                  request.name(),
                  Objects.requireNonNullElse(request.arguments(), Map.of()),
                  context));
    } catch (ToolFault bug) {
      throw McpError.builder(McpSchema.ErrorCodes.INTERNAL_ERROR).message(bug.getMessage()).build();
    }
  }

  private static String clientName(McpSyncServerExchange exchange) {
    McpSchema.Implementation client = exchange.getClientInfo();
    return client == null ? "unknown" : client.name();
  }

  private static ToolContext.Progress progress(
      McpSyncServerExchange exchange, Map<String, Object> meta) {
    Object token = meta.get("progressToken");
    if (token == null) {
      return (_, _, _) -> {};
    }
    return (done, total, message) -> {
      var report = McpSchema.ProgressNotification.builder(token, done).message(message);
      if (total > 0) {
        report.total(total);
      }
      exchange.progressNotification(report.build());
    };
  }

  private static CallToolResult result(ToolResult result) {
    var builder = CallToolResult.builder().isError(result.isError());
    if (!result.text().isEmpty() || result.images().isEmpty()) {
      builder.addTextContent(result.text());
    }
    for (ToolResult.Image image : result.images()) {
      builder.addContent(McpSchema.ImageContent.builder(image.data(), image.mediaType()).build());
    }
    result.structured().ifPresent(value -> builder.structuredContent(RecordJson.of(value)));
    if (!result.meta().isEmpty()) {
      var meta = new LinkedHashMap<String, Object>();
      result.meta().forEach((key, value) -> meta.put(META_PREFIX + key, value));
      builder.meta(meta);
    }
    return builder.build();
  }
}
