package dev.homeport.server.tool;

import dev.homeport.result.ResultId;
import dev.homeport.result.ResultSlice;
import dev.homeport.result.ResultStore;
import dev.homeport.result.StoredResult;
import dev.homeport.workspace.WorkspaceException;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The parts of one stored result as `result_read` answers with them, each saying where to go on.
///
/// @param store holds the result
/// @param stored the result; all but [#refusal] need it to be text
record ResultTexts(ResultStore store, StoredResult stored) {
  private static final int DEFAULT_LINES = 500;
  private static final int DEFAULT_BYTES = 24 << 10;
  private static final int DEFAULT_MATCHES = 100;

  /// The result that an agent named by its id or path.
  ///
  /// @throws WorkspaceException of kind `NOT_FOUND` if there is none (any more)
  static ResultTexts of(ResultStore store, String named) throws IOException {
    return new ResultTexts(store, store.get(ResultId.parse(named)));
  }

  /// What an agent is told of a result that is no text.
  ToolResult refusal() {
    return ToolResult.error(
        "%s is %s of %d bytes and cannot be read as text; use the file %s."
            .formatted(stored.id(), stored.mediaType(), stored.bytes(), stored.path()));
  }

  /// Head and tail.
  ToolResult preview() throws IOException {
    return ToolResult.text(store.preview(stored)).withMeta("lines", stored.lines());
  }

  /// The lines that contain a literal.
  ToolResult matches(String literal, @Nullable Long firstLine, @Nullable Integer limit)
      throws IOException {
    ResultSlice slice =
        store.grep(
            stored.id(),
            literal,
            Objects.requireNonNullElse(firstLine, 1L),
            Objects.requireNonNullElse(limit, DEFAULT_MATCHES));
    String text = slice.text().isEmpty() ? "No line has it.\n" : slice.text();
    return answer(text, slice, "line " + slice.nextLine());
  }

  /// Bytes from an offset on.
  ToolResult bytes(long offset, @Nullable Integer mostBytes) throws IOException {
    ResultSlice slice =
        store.readBytes(stored.id(), offset, Objects.requireNonNullElse(mostBytes, DEFAULT_BYTES));
    return answer(slice.text(), slice, "offset " + slice.nextOffset());
  }

  /// Lines; a line that is longer than the bytes allow goes on at an offset.
  ToolResult lines(@Nullable Long firstLine, @Nullable Integer count, @Nullable Integer mostBytes)
      throws IOException {
    ResultSlice slice =
        store.readLines(
            stored.id(),
            Objects.requireNonNullElse(firstLine, 1L),
            Objects.requireNonNullElse(count, DEFAULT_LINES),
            Objects.requireNonNullElse(mostBytes, DEFAULT_BYTES));
    String next =
        slice.text().endsWith("\n") ? "line " + slice.nextLine() : "offset " + slice.nextOffset();
    return answer(slice.text(), slice, next);
  }

  private ToolResult answer(String text, ResultSlice slice, String next) {
    String end = text.isEmpty() || text.endsWith("\n") ? "" : "\n";
    String more =
        slice.more()
            ? "[More, %d lines and %d bytes in all: go on at %s]\n"
                .formatted(stored.lines(), stored.bytes(), next)
            : "";
    return ToolResult.text(text + (more.isEmpty() ? "" : end + more))
        .withMeta("next_offset", slice.nextOffset())
        .withMeta("lines", stored.lines())
        .withMeta("bytes", stored.bytes());
  }
}
