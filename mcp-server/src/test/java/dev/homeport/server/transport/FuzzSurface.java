package dev.homeport.server.transport;

import dev.homeport.server.Homeport;
import dev.homeport.server.ServerConfig;
import dev.homeport.server.UserDirectories;
import dev.homeport.server.mcp.ToolMethods;
import dev.homeport.server.protocol.Changes;
import dev.homeport.server.protocol.Methods;
import dev.homeport.server.protocol.ServerCard;
import dev.homeport.server.protocol.Surface;
import dev.homeport.server.protocol.Topic;
import dev.homeport.server.tool.ResultSink;
import dev.homeport.server.tool.ToolContext;
import dev.homeport.server.tool.ToolRegistry;
import dev.homeport.server.tool.ToolResult;
import dev.homeport.server.tool.Toolset;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.springframework.ai.mcp.annotation.McpTool;

/// What fuzzed clients see: tools without effect, and the product's resources, prompts and
/// completions of a workspace.
final class FuzzSurface {
  record NoArgs() {}

  record EchoArgs(String text) {}

  record Tools() {
    @McpTool(name = "echo", title = "Echo", description = "Says it again.")
    ToolResult echo(EchoArgs args, ToolContext context) {
      context.progress(1, 2, "half");
      return ToolResult.text(args.text());
    }

    @McpTool(name = "wait", title = "Wait", description = "Waits until it is interrupted.")
    ToolResult await(NoArgs none) throws InterruptedException {
      new CountDownLatch(1).await();
      return ToolResult.text("never");
    }

    @McpTool(name = "bug", title = "Bug", description = "Has a bug.")
    ToolResult bug(NoArgs none) {
      return ToolResult.text(List.of("too few").get(1));
    }
  }

  private FuzzSurface() {}

  /// @param directory an empty directory for the workspace and what belongs to its user
  static Surface in(Path directory) {
    var user =
        new UserDirectories(
            directory.resolve("home"), directory.resolve("cache"), directory.resolve("state"));
    var product = Homeport.open(ServerConfig.of(directory), user).surface();
    var registry =
        ToolRegistry.of(
            Map.of(Toolset.FILES, List.of(new Tools())),
            ToolRegistry.Selection.ALL,
            (_, _) -> new ResultSink.Stored("r", "r"));
    Methods tools =
        new ToolMethods(
            registry,
            (client, meta, progress) -> new ToolContext((_, _) -> "s-1", client, meta, progress));
    var card = new ServerCard("fuzz", Set.of(Topic.PROMPTS), Map.of(), () -> "fuzz");
    return new Surface(card, tools.and(product.methods()), new Changes());
  }
}
