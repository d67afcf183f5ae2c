package dev.homeport.server.tool;

import dev.homeport.server.tool.schema.Arg;
import dev.homeport.session.SessionId;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.ai.mcp.annotation.McpTool.McpAnnotations;

/// The tool that orients an agent: waking up. Thread-safe.
public final class ContextTools {
  private final WakeReport wake;

  /// @param wake what `wake` tells
  public ContextTools(WakeReport wake) {
    this.wake = wake;
  }

  record WakeArgs(
      @Arg("Budget; default 4000") @Nullable Integer tokens,
      @Arg("Where you work; default the root") @Nullable String directory,
      @Nullable String session) {
    WakeArgs {
      if (tokens != null && (tokens < 200 || tokens > 50_000)) {
        throw new IllegalArgumentException("tokens is " + tokens + ", but must be 200 to 50000");
      }
    }
  }

  @McpTool(
      name = "wake",
      title = "Where was I?",
      description =
          "Call first, and after compaction: session id, other sessions, plan, last events,"
              + " memory index, skills, CLAUDE.md instructions.",
      annotations =
          @McpAnnotations(
              readOnlyHint = true,
              destructiveHint = false,
              idempotentHint = true,
              openWorldHint = false))
  ToolResult wake(WakeArgs args, ToolContext context) throws IOException, InterruptedException {
    SessionId session = SessionId.parse(context.session(args.session()));
    int tokens = Objects.requireNonNullElse(args.tokens(), WakeReport.DEFAULT_TOKENS);
    String directory = Objects.requireNonNullElse(args.directory(), ".");
    return ToolResult.text(wake.of(session, directory, 4 * tokens))
        .withMeta("session", session.text());
  }
}
