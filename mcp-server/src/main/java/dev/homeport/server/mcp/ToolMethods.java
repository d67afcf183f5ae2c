package dev.homeport.server.mcp;

import dev.homeport.server.protocol.Client;
import dev.homeport.server.protocol.Message;
import dev.homeport.server.protocol.Methods;
import dev.homeport.server.protocol.ProtocolException;
import dev.homeport.server.protocol.RpcError;
import dev.homeport.server.tool.ToolContext;
import dev.homeport.server.tool.ToolDefinition;
import dev.homeport.server.tool.ToolFault;
import dev.homeport.server.tool.ToolRegistry;
import dev.homeport.server.tool.ToolResult;
import dev.homeport.server.tool.schema.RecordJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `tools/list` and `tools/call`.
public final class ToolMethods implements Methods {
  private static final String META_PREFIX = "dev.homeport/";

  private final ToolRegistry tools;
  private final Contexts contexts;

  /// @param tools the tools
  /// @param contexts makes the surroundings of a call
  public ToolMethods(ToolRegistry tools, Contexts contexts) {
    this.tools = tools;
    this.contexts = contexts;
  }

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

  @Override
  public Optional<Map<String, Object>> answer(Message.Request request, Client client)
      throws ProtocolException {
    return switch (request.method()) {
      case "tools/list" -> Optional.of(list(request));
      case "tools/call" -> Optional.of(call(request, client));
      default -> Optional.empty();
    };
  }

  private Map<String, Object> list(Message.Request request) throws ProtocolException {
    Cursors.requireNone(request);
    return Map.of("tools", tools.definitions().stream().map(ToolMethods::tool).toList());
  }

  private static Map<String, Object> tool(ToolDefinition tool) {
    ToolDefinition.Hints behaviour = tool.hints();
    var annotations = new LinkedHashMap<String, Object>();
    annotations.put("readOnlyHint", behaviour.readOnly());
    annotations.put("destructiveHint", behaviour.destructive());
    annotations.put("idempotentHint", behaviour.idempotent());
    annotations.put("openWorldHint", behaviour.openWorld());
    var json = new LinkedHashMap<String, Object>();
    json.put("name", tool.name());
    json.put("title", tool.title());
    json.put("description", tool.description());
    json.put("inputSchema", tool.inputSchema());
    tool.outputSchema().ifPresent(schema -> json.put("outputSchema", schema));
    json.put("annotations", annotations);
    Map<String, Object> hints = ClientHints.of(tool.name());
    if (!hints.isEmpty()) {
      json.put("_meta", hints);
    }
    return json;
  }

  private Map<String, Object> call(Message.Request request, Client client)
      throws ProtocolException {
    String name = request.string("name");
    Map<String, ?> arguments = request.object("arguments");
    Map<String, ?> meta = request.meta();
    Optional<String> unknown = tools.unknown(name);
    if (unknown.isPresent()) {
      throw new ProtocolException(RpcError.INVALID_PARAMS, unknown.get());
    }
    try {
      return result(
          tools.call(name, arguments, contexts.of(client.name(), meta, progress(client, meta))));
    } catch (ToolFault bug) {
      throw new ProtocolException(RpcError.INTERNAL_ERROR, String.valueOf(bug.getMessage()));
    }
  }

  private static ToolContext.Progress progress(Client client, Map<String, ?> meta) {
    Object token = meta.get("progressToken");
    if (token == null) {
      return (_, _, _) -> {};
    }
    return (done, total, message) -> {
      var report = new LinkedHashMap<String, Object>();
      report.put("progressToken", token);
      report.put("progress", done);
      if (total > 0) {
        report.put("total", total);
      }
      report.put("message", message);
      client.notifier().send("notifications/progress", report);
    };
  }

  private static Map<String, Object> result(ToolResult result) {
    List<Map<String, Object>> content = new ArrayList<>();
    if (!result.text().isEmpty() || result.images().isEmpty()) {
      content.add(Content.text(result.text()));
    }
    for (ToolResult.Image image : result.images()) {
      content.add(Content.image(image.data(), image.mediaType()));
    }
    var json = new LinkedHashMap<String, Object>();
    json.put("content", content);
    json.put("isError", result.isError());
    result.structured().ifPresent(value -> json.put("structuredContent", RecordJson.of(value)));
    if (!result.meta().isEmpty()) {
      var meta = new LinkedHashMap<String, Object>();
      result.meta().forEach((key, value) -> meta.put(META_PREFIX + key, value));
      json.put("_meta", meta);
    }
    return json;
  }
}
