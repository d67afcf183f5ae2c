package dev.homeport.server.tool;

import dev.homeport.result.ResultStore;
import dev.homeport.result.StoredResult;
import dev.homeport.server.tool.schema.Arg;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.ai.mcp.annotation.McpTool.McpAnnotations;

/// The tools on stored results. Thread-safe.
public final class ResultTools {
  private final Lazy<ResultStore> results;

  /// Serves a store that is opened on first use.
  public ResultTools(Lazy<ResultStore> results) {
    this.results = results;
  }

  /// The store as the framework keeps results in it that are too large for a context.
  public static ResultSink sink(Lazy<ResultStore> results) {
    return (origin, text) -> {
      StoredResult stored = results.get().store(text, "text/plain", origin);
      return new ResultSink.Stored(stored.id().text(), stored.path().toString());
    };
  }

  record StoreArgs(
      @Arg(aliases = {"text", "output", "result"}) String content,
      @Arg("Default text/plain") @Nullable String mediaType,
      @Arg(value = "Where it comes from", aliases = "source") @Nullable String origin) {}

  record StoreResult(String id, String path, String sha256, long bytes, long lines, int masked) {}

  @McpTool(
      name = "result_store",
      title = "Store a result",
      description =
          "Keeps a long text out of your context; read it with result_read. Secrets are masked.",
      annotations =
          @McpAnnotations(
              readOnlyHint = false,
              destructiveHint = false,
              idempotentHint = false,
              openWorldHint = false))
  @ResultType(StoreResult.class)
  ToolResult store(StoreArgs args) throws IOException, InterruptedException {
    StoredResult stored =
        results
            .get()
            .store(
                args.content(),
                Objects.requireNonNullElse(args.mediaType(), "text/plain"),
                Objects.requireNonNullElse(args.origin(), "result_store"));
    String text =
        "Stored as %s in %s: %d bytes, %d lines%s.\nsha256 %s"
            .formatted(
                stored.id(),
                stored.path(),
                stored.bytes(),
                stored.lines(),
                stored.masked() == 0 ? "" : ", %d secrets masked".formatted(stored.masked()),
                stored.sha256());
    return ToolResult.structured(
        text,
        new StoreResult(
            stored.id().text(),
            stored.path().toString(),
            stored.sha256(),
            stored.bytes(),
            stored.lines(),
            stored.masked()));
  }

  record ResultArgs(
      @Arg(
              value = "Id or path",
              aliases = {"result_id", "path"})
          String id,
      @Arg(
              value = "First line, from 1",
              aliases = {"from_line", "start_line"})
          @Nullable Long line,
      @Arg(
              value = "Default 500; with grep, the most matches",
              aliases = {"limit"})
          @Nullable Integer maxLines,
      @Arg("Or first byte, from 0") @Nullable Long offset,
      @Arg("Default 24576") @Nullable Integer maxBytes,
      @Arg(
              value = "Literal text: only its lines",
              aliases = {"pattern", "query"})
          @Nullable String grep) {}

  @McpTool(
      name = "result_read",
      title = "Read a stored result",
      description = "Head and tail of a stored result, or its lines, bytes, or matching lines.",
      annotations =
          @McpAnnotations(
              readOnlyHint = true,
              destructiveHint = false,
              idempotentHint = true,
              openWorldHint = false))
  ToolResult read(ResultArgs args) throws IOException, InterruptedException {
    ResultTexts texts = ResultTexts.of(results.get(), args.id());
    if (!texts.stored().isText()) {
      return texts.refusal();
    }
    if (args.grep() != null) {
      return texts.matches(args.grep(), args.line(), args.maxLines());
    }
    if (args.offset() != null) {
      return texts.bytes(args.offset(), args.maxBytes());
    }
    return args.line() == null && args.maxLines() == null
        ? texts.preview()
        : texts.lines(args.line(), args.maxLines(), args.maxBytes());
  }
}
