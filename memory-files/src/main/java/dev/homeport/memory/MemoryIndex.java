package dev.homeport.memory;

import dev.homeport.text.Lines;
import dev.homeport.text.Utf8;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The beginning of a `MEMORY.md`, as much of it as agents load at start.
///
/// Frontmatter and HTML comments on lines of their own are for people: they are not loaded and do
/// not count.
///
/// @param file the whole file's facts
/// @param text its whole lines within the limits
/// @param isCut whether there is more
public record MemoryIndex(MemoryFile file, String text, boolean isCut) {
  /// The name of the file, at the top of each memory.
  public static final String FILE_NAME = "MEMORY.md";

  static Optional<MemoryIndex> read(MemoryTree tree, MemoryLimits limits) throws IOException {
    MemoryPath path = tree.child(FILE_NAME);
    if (path.stat().filter(info -> info.isFile()).isEmpty()) {
      return Optional.empty();
    }
    byte[] content = path.read(MemoryView.MOST_BYTES);
    return Utf8.decode(content)
        .map(text -> {
          String counted = IndexSize.counted(text);
          String kept = cut(counted, limits);
          return new MemoryIndex(
              MemoryFile.of(path, content), kept, kept.length() < counted.length());
        });
  }

  private static String cut(String text, MemoryLimits limits) {
    String kept = text.substring(0, Lines.start(text, limits.indexLines() + 1));
    int bytes = 0;
    int start = 0;
    while (start < kept.length()) {
      int newline = kept.indexOf('\n', start);
      int end = newline < 0 ? kept.length() : newline + 1;
      bytes += kept.substring(start, end).getBytes(StandardCharsets.UTF_8).length;
      if (bytes > limits.indexBytes()) {
        return kept.substring(0, start);
      }
      start = end;
    }
    return kept;
  }

  /// What an agent should be told about the size of an index; empty while there is room.
  static Optional<String> advice(MemoryPath path, String index, MemoryLimits limits) {
    var size = IndexSize.of(index);
    String state =
        "%s has %d lines and %d bytes, frontmatter and comments not counted; agents load its first"
                .formatted(path, size.lines(), size.bytes())
            + " %d lines or %d bytes at start".formatted(limits.indexLines(), limits.indexBytes());
    if (size.exceeds(limits)) {
      return Optional.of(
          state
              + ", so its end is NOT seen. Rewrite it now: merge entries that belong together,"
              + " shorten descriptions, drop what is stale.");
    }
    if (size.isNear(limits)) {
      return Optional.of(state + ". It is nearly full: merge or shorten entries soon.");
    }
    return Optional.empty();
  }
}
