package dev.homeport.server.conformance;

import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/// The tools that the conformance suite calls by name.
final class FixtureTools {
  /// A red pixel.
  static final String PNG =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==";

  private static final String WAV = "UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA=";

  private interface Handler
      extends BiFunction<McpSyncServerExchange, CallToolRequest, CallToolResult> {}

  private FixtureTools() {}

  static List<SyncToolSpecification> all() {
    return List.of(
        tool("test_simple_text", (_, _) -> text("This is a simple text response for testing.")),
        tool("test_image_content", (_, _) -> content(image())),
        tool(
            "test_audio_content",
            (_, _) -> content(McpSchema.AudioContent.builder(WAV, "audio/wav").build())),
        tool(
            "test_embedded_resource",
            (_, _) ->
                content(
                    embedded(
                        "test://embedded-resource",
                        "text/plain",
                        "This is an embedded resource content."))),
        tool("test_multiple_content_types", (_, _) -> mixed()),
        tool("test_error_handling", (_, _) -> failed()),
        tool("test_tool_with_logging", FixtureTools::logging),
        tool("test_tool_with_progress", FixtureTools::progress),
        tool("test_sampling", "prompt", FixtureTools::sampling),
        tool("test_elicitation", "message", FixtureTools::elicitation),
        tool(
            "test_elicitation_sep1034_defaults",
            (exchange, _) ->
                completed(elicit(exchange, "Please confirm", FixtureSchemas.DEFAULTS))),
        tool(
            "test_elicitation_sep1330_enums",
            (exchange, _) -> completed(elicit(exchange, "Please choose", FixtureSchemas.ENUMS))),
        SyncToolSpecification.builder()
            .tool(
                McpSchema.Tool.builder(
                        "json_schema_2020_12_tool", FixtureSchemas.JSON_SCHEMA_2020_12)
                    .description("Tool with JSON Schema 2020-12 features")
                    .build())
            .callHandler((_, _) -> text("ok"))
            .build());
  }

  private static SyncToolSpecification tool(String name, Handler handler) {
    return specification(name, Map.of("type", "object", "properties", Map.of()), handler);
  }

  private static SyncToolSpecification tool(String name, String argument, Handler handler) {
    return specification(
        name,
        Map.of(
            "type", "object",
            "properties", Map.of(argument, Map.of("type", "string")),
            "required", List.of(argument)),
        handler);
  }

  private static SyncToolSpecification specification(
      String name, Map<String, Object> schema, Handler handler) {
    return SyncToolSpecification.builder()
        .tool(McpSchema.Tool.builder(name, schema).description("Fixture " + name).build())
        .callHandler(handler)
        .build();
  }

  private static CallToolResult text(String text) {
    return CallToolResult.builder().addTextContent(text).build();
  }

  private static CallToolResult content(McpSchema.Content content) {
    return CallToolResult.builder().addContent(content).build();
  }

  static McpSchema.ImageContent image() {
    return McpSchema.ImageContent.builder(PNG, "image/png").build();
  }

  static McpSchema.EmbeddedResource embedded(String uri, String mimeType, String text) {
    return McpSchema.EmbeddedResource.builder(
            McpSchema.TextResourceContents.builder(uri, text).mimeType(mimeType).build())
        .build();
  }

  private static CallToolResult mixed() {
    return CallToolResult.builder()
        .addTextContent("Multiple content types test:")
        .addContent(image())
        .addContent(
            embedded(
                "test://mixed-content-resource",
                "application/json",
                "{\"test\":\"data\",\"value\":123}"))
        .build();
  }

  private static CallToolResult failed() {
    return CallToolResult.builder()
        .addTextContent("This tool intentionally returns an error for testing")
        .isError(true)
        .build();
  }

  private static CallToolResult logging(McpSyncServerExchange exchange, CallToolRequest request) {
    for (String line :
        List.of("Tool execution started", "Tool processing data", "Tool execution completed")) {
      exchange.loggingNotification(
          McpSchema.LoggingMessageNotification.builder(McpSchema.LoggingLevel.INFO, line).build());
      pause();
    }
    return text("Logged three times.");
  }

  private static CallToolResult progress(McpSyncServerExchange exchange, CallToolRequest request) {
    Object token = request.meta() == null ? null : request.meta().get("progressToken");
    for (int done : List.of(0, 50, 100)) {
      if (token != null) {
        exchange.progressNotification(
            McpSchema.ProgressNotification.builder(token, done).total(100.0).build());
      }
      pause();
    }
    return text("Reported progress three times.");
  }

  /// The suite wants the messages to be apart.
  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static CallToolResult sampling(McpSyncServerExchange exchange, CallToolRequest request) {
    String prompt = String.valueOf(request.arguments().get("prompt"));
    var message =
        McpSchema.SamplingMessage.builder(
                McpSchema.Role.USER, McpSchema.TextContent.builder(prompt).build())
            .build();
    var answer =
        exchange.createMessage(
            McpSchema.CreateMessageRequest.builder(List.of(message), 100).build());
    String said =
        answer.content() instanceof McpSchema.TextContent words ? words.text() : "no text";
    return text("LLM response: " + said);
  }

  private static CallToolResult elicitation(
      McpSyncServerExchange exchange, CallToolRequest request) {
    var result =
        elicit(exchange, String.valueOf(request.arguments().get("message")), FixtureSchemas.USER);
    return text("User response: action=" + result.action() + ", content=" + result.content());
  }

  private static McpSchema.ElicitResult elicit(
      McpSyncServerExchange exchange, String message, Map<String, Object> schema) {
    return exchange.createElicitation(McpSchema.ElicitFormRequest.builder(message, schema).build());
  }

  private static CallToolResult completed(McpSchema.ElicitResult result) {
    return text(
        "Elicitation completed: action=" + result.action() + ", content=" + result.content());
  }
}
