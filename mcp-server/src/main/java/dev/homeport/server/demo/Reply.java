package dev.homeport.server.demo;

import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import java.time.Duration;
import java.util.stream.Collectors;

/// What a tool answered.
///
/// @param text all text content, which says whatever structured content says
/// @param isError whether it is something for the agent to repair
/// @param took from request to answer
record Reply(String text, boolean isError, Duration took) {
  static Reply of(CallToolResult result, Duration took) {
    String text =
        result.content().stream()
            .filter(TextContent.class::isInstance)
            .map(content -> ((TextContent) content).text())
            .collect(Collectors.joining("\n"));
    return new Reply(text, Boolean.TRUE.equals(result.isError()), took);
  }

  /// The first text between two others.
  String between(String before, String after) throws DemoFailure {
    int start = text.indexOf(before) + before.length();
    int end = text.indexOf(after, start);
    if (!text.contains(before) || end < 0) {
      throw new DemoFailure("the answer has nothing between '" + before + "' and '" + after + "'");
    }
    return text.substring(start, end);
  }

  /// The hash in the last line of what the file tools answer.
  String sha256() throws DemoFailure {
    String last = text.lines().reduce("", (_, line) -> line);
    if (!last.startsWith("sha256 ")) {
      throw new DemoFailure("the answer does not end with a line 'sha256 …' but with: " + last);
    }
    return last.substring("sha256 ".length());
  }
}
