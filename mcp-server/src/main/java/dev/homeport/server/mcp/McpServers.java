package dev.homeport.server.mcp;

import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.Implementation;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpServerTransportProvider;
import io.modelcontextprotocol.spec.McpStreamableServerTransportProvider;
import java.util.List;
import org.springframework.ai.mcp.annotation.provider.prompt.SyncMcpPromptProvider;

/// Puts a surface on a transport.
///
/// Handlers run on the thread that brings the message; both transports bring each request on a
/// virtual thread of its own.
public final class McpServers {
  private McpServers() {}

  /// Serves one client over streams.
  ///
  /// @param version the version of Homeport
  public static McpSyncServer start(
      McpServerTransportProvider transport, Surface surface, String version) {
    return configure(McpServer.sync(transport), surface, version).build();
  }

  /// Serves many clients over HTTP.
  ///
  /// @param version the version of Homeport
  public static McpSyncServer start(
      McpStreamableServerTransportProvider transport, Surface surface, String version) {
    return configure(McpServer.sync(transport), surface, version).build();
  }

  /// The annotated prompts of a surface.
  public static List<McpSchema.Prompt> prompts(List<Object> annotated) {
    return new SyncMcpPromptProvider(annotated)
        .getPromptSpecifications().stream().map(prompt -> prompt.prompt()).toList();
  }

  /// The annotated resources of a surface, without templates.
  public static List<McpSchema.Resource> resources(List<Object> annotated) {
    return new ResourceSpecifications(annotated)
        .resources().stream().map(resource -> resource.resource()).toList();
  }

  private static <S extends McpServer.SyncSpecification<S>>
      McpServer.SyncSpecification<S> configure(
          McpServer.SyncSpecification<S> server, Surface surface, String version) {
    var resources = new ResourceSpecifications(surface.annotated());
    var prompts = new SyncMcpPromptProvider(surface.annotated());
    return server
        .serverInfo(Implementation.builder("homeport", version).title("Homeport").build())
        .instructions(surface.instructions().get())
        .capabilities(
            ServerCapabilities.builder()
                .tools(false)
                .resources(false, !surface.extensions().isEmpty())
                .prompts(!surface.extensions().isEmpty())
                .logging()
                .extensions(surface.extensions())
                .build())
        .jsonMapper(new RequestMapper(surface.tools()))
        .jsonSchemaValidator(new TrustedSchemas())
        .validateToolInputs(false)
        .immediateExecution(true)
        .tools(new ToolSpecifications(surface).all())
        .resources(resources.resources())
        .resourceTemplates(resources.templates())
        .prompts(prompts.getPromptSpecifications());
  }
}
