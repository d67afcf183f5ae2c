package dev.homeport.server.tool;

import java.io.IOException;
import java.util.Set;

/// Stores a result that is too large for a context and answers with its head and tail.
///
/// @param sink keeps the whole text
/// @param limit the most characters that a text may have
record Spill(ResultSink sink, int limit) {
  /// Under the 50,000 characters at which clients cut a result themselves.
  static final int DEFAULT_LIMIT = 45_000;

  private static final int HEAD = 3_000;
  private static final int TAIL = 1_500;

  /// Tools that page by themselves, or have documented limits.
  private static final Set<String> EXEMPT =
      Set.of("memory", "read_file", "result_read", "skill_read");

  ToolResult apply(String tool, ToolResult result) throws IOException, InterruptedException {
    String text = result.text();
    if (text.length() <= limit || EXEMPT.contains(tool)) {
      return result;
    }
    ResultSink.Stored stored = sink.store(tool, text);
    String head = text.substring(0, boundary(text, HEAD));
    String tail = text.substring(boundary(text, text.length() - TAIL));
    String shortened =
        """
        <persisted-output>
        Output too large (%,d characters). Stored as result `%s`, file %s: read on with result_read.

        Head:
        %s

        … %,d characters left out …

        Tail:
        %s
        </persisted-output>\
        """
            .formatted(
                text.length(),
                stored.id(),
                stored.path(),
                head,
                text.length() - head.length() - tail.length(),
                tail);
    return result.withText(shortened).withMeta("result", stored.id());
  }

  /// The position itself, or one less where it would split a surrogate pair.
  private static int boundary(String text, int position) {
    return Character.isLowSurrogate(text.charAt(position)) ? position - 1 : position;
  }
}
