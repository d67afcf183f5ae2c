package dev.homeport.server.transport;

import dev.homeport.server.mcp.ToolMethods;
import dev.homeport.server.protocol.Changes;
import dev.homeport.server.protocol.ServerCard;
import dev.homeport.server.protocol.Surface;
import dev.homeport.server.protocol.Topic;
import dev.homeport.server.tool.ResultSink;
import dev.homeport.server.tool.ToolContext;
import dev.homeport.server.tool.ToolRegistry;
import dev.homeport.server.tool.ToolResult;
import dev.homeport.server.tool.Toolset;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.springframework.ai.mcp.annotation.McpTool;

/// A server process with tools that wait, fail and print, on the product's transport.
final class StdioFixture {
  record NoArgs() {}

  record EchoArgs(String text) {}

  record Tools(Changes changes) {
    @McpTool(name = "echo", title = "Echo", description = "Says it again.")
    ToolResult echo(EchoArgs args) {
      System.out.println("a stray print");
      return ToolResult.text(args.text());
    }

    @McpTool(name = "wait", title = "Wait", description = "Waits until it is interrupted.")
    ToolResult await(NoArgs none, ToolContext context) throws InterruptedException {
      context.progress(1, 2, "waiting");
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException interrupted) {
        System.err.println("interrupted");
        context.progress(2, 2, "never sent");
        throw interrupted;
      }
      return ToolResult.text("never");
    }

    @McpTool(name = "report", title = "Report", description = "Reports progress.")
    ToolResult report(NoArgs none, ToolContext context) {
      context.progress(1, 2, "half");
      return ToolResult.text("reported");
    }

    @McpTool(name = "change", title = "Change", description = "Changes the lists.")
    ToolResult change(NoArgs none) {
      changes.announce(Topic.TOOLS, Topic.PROMPTS);
      return ToolResult.text("changed");
    }

    @McpTool(name = "bug", title = "Bug", description = "Has a bug.")
    ToolResult bug(NoArgs none) {
      return ToolResult.text(List.of("too few").get(1));
    }
  }

  private StdioFixture() {}

  /// What the fixture's clients see.
  static Surface surface() {
    var changes = new Changes();
    var registry =
        ToolRegistry.of(
            Map.of(Toolset.FILES, List.of(new Tools(changes))),
            ToolRegistry.Selection.ALL,
            (_, _) -> new ResultSink.Stored("r", "r"));
    var card = new ServerCard("test", Set.of(Topic.PROMPTS), Map.of(), () -> "test");
    var methods =
        new ToolMethods(
            registry,
            (client, meta, progress) -> new ToolContext((_, _) -> "s-1", client, meta, progress));
    return new Surface(card, methods, changes);
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    var out = new FileOutputStream(FileDescriptor.out);
    System.setOut(System.err);
    var transport = new StdioTransport(new FileInputStream(FileDescriptor.in), out, surface());
    transport.whenServing(() -> System.err.println("begun once serving"));
    transport.serve();
    System.exit(0);
  }
}
