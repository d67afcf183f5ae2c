package dev.homeport.server.conformance;

import io.modelcontextprotocol.server.McpServerFeatures.SyncCompletionSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncPromptSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncResourceSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncResourceTemplateSpecification;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.Content;
import io.modelcontextprotocol.spec.McpSchema.GetPromptResult;
import io.modelcontextprotocol.spec.McpSchema.PromptArgument;
import io.modelcontextprotocol.spec.McpSchema.PromptMessage;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceResult;
import io.modelcontextprotocol.spec.McpSchema.Role;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// The resources, prompts and completions that the conformance suite asks for by name.
final class FixtureResources {
  private FixtureResources() {}

  static List<SyncResourceSpecification> resources() {
    return List.of(
        resource(
            "test://static-text",
            "text/plain",
            McpSchema.TextResourceContents.builder(
                    "test://static-text", "This is the content of the static text resource.")
                .mimeType("text/plain")
                .build()),
        resource(
            "test://static-binary",
            "image/png",
            McpSchema.BlobResourceContents.builder("test://static-binary", FixtureTools.PNG)
                .mimeType("image/png")
                .build()),
        resource(
            "test://watched-resource",
            "text/plain",
            McpSchema.TextResourceContents.builder("test://watched-resource", "Watched.")
                .mimeType("text/plain")
                .build()));
  }

  private static SyncResourceSpecification resource(
      String uri, String mimeType, McpSchema.ResourceContents contents) {
    return new SyncResourceSpecification(
        McpSchema.Resource.builder(uri, uri).mimeType(mimeType).build(),
        (_, _) -> ReadResourceResult.builder(List.of(contents)).build());
  }

  static List<SyncResourceTemplateSpecification> templates() {
    var template =
        McpSchema.ResourceTemplate.builder("test://template/{id}/data", "template")
            .mimeType("application/json")
            .build();
    return List.of(
        new SyncResourceTemplateSpecification(
            template,
            (_, request) -> {
              String id = request.uri().replace("test://template/", "").replace("/data", "");
              String json =
                  "{\"id\":\"%s\",\"templateTest\":true,\"data\":\"Data for ID: %s\"}"
                      .formatted(id, id);
              return ReadResourceResult.builder(
                      List.of(
                          McpSchema.TextResourceContents.builder(request.uri(), json)
                              .mimeType("application/json")
                              .build()))
                  .build();
            }));
  }

  static List<SyncPromptSpecification> prompts() {
    return List.of(
        prompt("test_simple_prompt", List.of(), _ -> says("This is a simple prompt for testing.")),
        prompt(
            "test_prompt_with_arguments",
            List.of("arg1", "arg2"),
            given ->
                says(
                    "Prompt with arguments: arg1='%s', arg2='%s'"
                        .formatted(given.get("arg1"), given.get("arg2")))),
        prompt(
            "test_prompt_with_embedded_resource",
            List.of("resourceUri"),
            given ->
                messages(
                    FixtureTools.embedded(
                        String.valueOf(given.get("resourceUri")),
                        "text/plain",
                        "Embedded resource content for testing."),
                    words("Please process the embedded resource above."))),
        prompt(
            "test_prompt_with_image",
            List.of(),
            _ -> messages(FixtureTools.image(), words("Please analyze the image above."))));
  }

  private static SyncPromptSpecification prompt(
      String name, List<String> arguments, Function<Map<String, Object>, GetPromptResult> handler) {
    var declared =
        arguments.stream().map(a -> PromptArgument.builder(a).required(true).build()).toList();
    return new SyncPromptSpecification(
        McpSchema.Prompt.builder(name).description("Fixture " + name).arguments(declared).build(),
        (_, request) -> handler.apply(request.arguments()));
  }

  private static GetPromptResult says(String text) {
    return messages(words(text));
  }

  private static TextContent words(String text) {
    return TextContent.builder(text).build();
  }

  private static GetPromptResult messages(Content... contents) {
    return GetPromptResult.builder(
            Arrays.stream(contents)
                .map(content -> PromptMessage.builder(Role.USER, content).build())
                .toList())
        .build();
  }

  static List<SyncCompletionSpecification> completions() {
    return List.of(
        new SyncCompletionSpecification(
            McpSchema.PromptReference.builder("test_prompt_with_arguments").build(),
            (_, _) ->
                new McpSchema.CompleteResult(
                    new McpSchema.CompleteResult.CompleteCompletion(
                        List.of("paris", "park", "party"), 3, false))));
  }
}
