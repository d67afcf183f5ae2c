package dev.homeport.server.conformance;

import dev.homeport.server.protocol.Changes;
import dev.homeport.server.protocol.Client;
import dev.homeport.server.protocol.InputRequiredException;
import dev.homeport.server.protocol.Message;
import dev.homeport.server.protocol.Methods;
import dev.homeport.server.protocol.ProtocolException;
import dev.homeport.server.protocol.RpcError;
import dev.homeport.server.protocol.Topic;
import io.modelcontextprotocol.server.McpServerFeatures.SyncPromptSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncResourceSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncResourceTemplateSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// The fixtures as revision 2026-07-28 asks for them: those of the legacy era that ask the client
/// nothing, and those that exist only in this one.
final class ModernFixtures implements Methods {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Changes changes;
  private final InputFixtures inputs = new InputFixtures();
  private final Map<String, SyncToolSpecification> shared;

  ModernFixtures(Changes changes) {
    this.changes = changes;
    shared =
        FixtureTools.all().stream()
            .collect(Collectors.toMap(tool -> tool.tool().name(), tool -> tool));
  }

  @Override
  public Optional<Map<String, Object>> answer(Message.Request request, Client client)
      throws ProtocolException, InputRequiredException {
    return switch (request.method()) {
      case "tools/list" -> Optional.of(Map.of("tools", tools()));
      case "tools/call" -> Optional.of(call(request, client));
      case "resources/list" ->
          Optional.of(
              Map.of(
                  "resources",
                  FixtureResources.resources().stream()
                      .map(SyncResourceSpecification::resource)
                      .map(ModernFixtures::json)
                      .toList()));
      case "resources/templates/list" ->
          Optional.of(
              Map.of(
                  "resourceTemplates",
                  FixtureResources.templates().stream()
                      .map(SyncResourceTemplateSpecification::resourceTemplate)
                      .map(ModernFixtures::json)
                      .toList()));
      case "resources/read" -> Optional.of(read(request.string("uri")));
      case "prompts/list" -> Optional.of(Map.of("prompts", prompts()));
      case "prompts/get" -> Optional.of(prompt(request, client));
      case "completion/complete" ->
          Optional.of(
              Map.of(
                  "completion", Map.of("values", List.of("paris", "park", "party"), "total", 3)));
      default -> Optional.empty();
    };
  }

  private List<Map<String, Object>> tools() {
    var tools = new ArrayList<Map<String, Object>>();
    for (McpSchema.Tool tool :
        shared.values().stream().map(SyncToolSpecification::tool).sorted(byName()).toList()) {
      tools.add(json(tool));
    }
    Stream.concat(
            Stream.of(
                "test_missing_capability",
                "test_logging_tool",
                "test_streaming_elicitation",
                "test_trigger_tool_change",
                "test_trigger_prompt_change"),
            inputs.tools().stream())
        .forEach(name ->
            tools.add(
                Map.of(
                    "name",
                    name,
                    "description",
                    "Fixture " + name,
                    "inputSchema",
                    Map.of("type", "object", "properties", Map.of()))));
    return tools;
  }

  private static Comparator<McpSchema.Tool> byName() {
    return Comparator.comparing(McpSchema.Tool::name);
  }

  private Map<String, Object> call(Message.Request request, Client client)
      throws ProtocolException, InputRequiredException {
    String name = request.string("name");
    switch (name) {
      case "test_missing_capability" -> {
        client.inputs().require("sampling");
        return text("sampled");
      }
      case "test_tool_with_progress" -> {
        Object token = request.meta().get("progressToken");
        for (int done : List.of(0, 50, 100)) {
          client
              .notifier()
              .send(
                  "notifications/progress",
                  Map.of(
                      "progressToken", token == null ? "" : token, "progress", done, "total", 100));
        }
        return text("Reported progress three times.");
      }
      case "test_logging_tool" -> {
        return text("Nothing is logged unasked.");
      }
      case "test_trigger_tool_change" -> {
        changes.announce(Topic.TOOLS);
        return text("The tools changed.");
      }
      case "test_trigger_prompt_change" -> {
        changes.announce(Topic.PROMPTS);
        return text("The prompts changed.");
      }
      default -> {}
    }
    Optional<Map<String, Object>> asked = inputs.call(name, client.inputs());
    if (asked.isPresent()) {
      return asked.get();
    }
    SyncToolSpecification tool = shared.get(name);
    if (tool == null) {
      throw new ProtocolException(RpcError.INVALID_PARAMS, "Unknown tool " + name);
    }
    var call = McpSchema.CallToolRequest.builder(name).arguments(Map.of()).build();
    return json(tool.callHandler().apply(null, call));
  }

  private static Map<String, Object> read(String uri) throws ProtocolException {
    var request = McpSchema.ReadResourceRequest.builder(uri).build();
    Predicate<SyncResourceSpecification> named = found -> found.resource().uri().equals(uri);
    var resource = FixtureResources.resources().stream().filter(named).findFirst();
    if (resource.isPresent()) {
      return json(resource.get().readHandler().apply(null, request));
    }
    if (uri.startsWith("test://template/")) {
      return json(FixtureResources.templates().getFirst().readHandler().apply(null, request));
    }
    throw new ProtocolException(
        new RpcError(RpcError.RESOURCE_NOT_FOUND, "no resource at " + uri, Map.of("uri", uri)));
  }

  private List<Map<String, Object>> prompts() {
    return Stream.concat(
            FixtureResources.prompts().stream()
                .map(SyncPromptSpecification::prompt)
                .map(ModernFixtures::json),
            Stream.of(
                Map.<String, Object>of(
                    "name", InputFixtures.PROMPT, "description", "Asks before it answers")))
        .toList();
  }

  private Map<String, Object> prompt(Message.Request request, Client client)
      throws ProtocolException, InputRequiredException {
    String name = request.string("name");
    if (name.equals(InputFixtures.PROMPT)) {
      return inputs.prompt(client.inputs());
    }
    for (SyncPromptSpecification prompt : FixtureResources.prompts()) {
      if (prompt.prompt().name().equals(name)) {
        Map<String, Object> arguments = new LinkedHashMap<>(request.object("arguments"));
        return json(
            prompt
                .promptHandler()
                .apply(
                    null, McpSchema.GetPromptRequest.builder(name).arguments(arguments).build()));
      }
    }
    throw ProtocolException.invalidParams("no prompt " + name);
  }

  static Map<String, Object> text(String text) {
    return Map.of("content", List.of(Map.of("type", "text", "text", text)));
  }

  private static Map<String, Object> json(Object ofSdk) {
    return JSON.convertValue(ofSdk, new TypeReference<>() {});
  }
}
