package dev.homeport.server.mcp;

import io.modelcontextprotocol.server.McpServerFeatures.SyncResourceSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncResourceTemplateSpecification;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceRequest;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceResult;
import java.util.List;
import java.util.function.BiFunction;
import org.springframework.ai.mcp.annotation.provider.resource.SyncMcpResourceProvider;

/// The annotated resources as the SDK wants them.
///
/// Spring AI wraps what a method throws in words about classes; here the client gets the reason
/// alone.
final class ResourceSpecifications {
  private final SyncMcpResourceProvider provider;

  ResourceSpecifications(List<Object> annotated) {
    provider = new SyncMcpResourceProvider(annotated);
  }

  List<SyncResourceSpecification> resources() {
    return provider.getResourceSpecifications().stream()
        .map(found -> new SyncResourceSpecification(found.resource(), plainly(found.readHandler())))
        .toList();
  }

  List<SyncResourceTemplateSpecification> templates() {
    return provider.getResourceTemplateSpecifications().stream()
        .map(found ->
            new SyncResourceTemplateSpecification(
                found.resourceTemplate(), plainly(found.readHandler())))
        .toList();
  }

  private static BiFunction<McpSyncServerExchange, ReadResourceRequest, ReadResourceResult> plainly(
      BiFunction<McpSyncServerExchange, ReadResourceRequest, ReadResourceResult> handler) {
    return (exchange, request) -> {
      try {
        return handler.apply(exchange, request);
      } catch (McpError wrapped) {
        if (wrapped.getJsonRpcError().data() instanceof String reason) {
          throw McpError.builder(ErrorCodes.RESOURCE_NOT_FOUND).message(reason).build();
        }
        throw wrapped;
      }
    };
  }
}
