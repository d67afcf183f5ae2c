package dev.homeport.server.mcp;

import dev.homeport.server.protocol.ServerCard;
import dev.homeport.server.protocol.Surface;
import dev.homeport.server.protocol.Topic;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.spec.McpSchema.Icon;
import io.modelcontextprotocol.spec.McpSchema.Implementation;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpStreamableServerTransportProvider;
import java.util.List;

/// The SDK's part of a server over HTTP: the sessions of the legacy era.
public final class McpServers {
  private McpServers() {}

  /// Keeps the sessions of a transport, and tells them of changes.
  public static McpSyncServer start(
      McpStreamableServerTransportProvider transport, Surface surface) {
    ServerCard card = surface.card();
    McpSyncServer server =
        McpServer.sync(transport)
            .serverInfo(
                Implementation.builder(ServerCard.NAME, card.version())
                    .title(ServerCard.TITLE)
                    .icons(
                        List.of(
                            Icon.builder(ServerCard.ICON)
                                .mimeType(ServerCard.ICON_TYPE)
                                .sizes(List.of("any"))
                                .build()))
                    .build())
            .instructions(card.instructions().get())
            .capabilities(
                ServerCapabilities.builder()
                    .tools(card.changing().contains(Topic.TOOLS))
                    .resources(false, card.changing().contains(Topic.RESOURCES))
                    .prompts(card.changing().contains(Topic.PROMPTS))
                    .completions()
                    .logging()
                    .extensions(card.extensions())
                    .build())
            .jsonSchemaValidator(new TrustedSchemas())
            .immediateExecution(true)
            .build();
    surface.changes().listen(topic -> tell(server, topic));
    return server;
  }

  private static void tell(McpSyncServer server, Topic topic) {
    switch (topic) {
      case TOOLS -> server.notifyToolsListChanged();
      case PROMPTS -> server.notifyPromptsListChanged();
      case RESOURCES -> server.notifyResourcesListChanged();
    }
  }
}
