package dev.homeport.memory;

import dev.homeport.text.Lines;
import dev.homeport.text.Utf8;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The beginning of a `MEMORY.md`, as much of it as agents load at start.
///
/// @param file the whole file's facts
/// @param text its whole lines within the limits
/// @param isCut whether there is more
public record MemoryIndex(MemoryFile file, String text, boolean isCut) {
  static final String FILE_NAME = "MEMORY.md";

  static Optional<MemoryIndex> read(MemoryTree tree, MemoryLimits limits) throws IOException {
    MemoryPath path = tree.child(FILE_NAME);
    if (path.stat().filter(info -> info.isFile()).isEmpty()) {
      return Optional.empty();
    }
    byte[] content = path.read(MemoryView.MOST_BYTES);
    return Utf8.decode(content)
        .map(text -> {
          String kept = cut(text, limits);
          return new MemoryIndex(MemoryFile.of(path, content), kept, kept.length() < text.length());
        });
  }

  private static String cut(String text, MemoryLimits limits) {
    String kept = text.substring(0, Lines.start(text, limits.indexLines() + 1));
    while (kept.getBytes(StandardCharsets.UTF_8).length > limits.indexBytes()) {
      int end = kept.lastIndexOf('\n', kept.length() - 2);
      if (end < 0) {
        return "";
      }
      kept = kept.substring(0, end + 1);
    }
    return kept;
  }

  /// What an agent should be told about the size of an index; empty while there is room.
  static Optional<String> advice(MemoryFile index, MemoryLimits limits) {
    String state =
        "%s has %,d lines and %,d bytes; agents load its first %,d lines or %,d bytes at start"
            .formatted(
                index.path(),
                index.lines(),
                index.bytes(),
                limits.indexLines(),
                limits.indexBytes());
    if (index.lines() > limits.indexLines() || index.bytes() > limits.indexBytes()) {
      return Optional.of(
          state
              + ", so its end is NOT seen. Rewrite it now: merge entries that belong together,"
              + " shorten descriptions, drop what is stale.");
    }
    if (index.lines() > limits.indexLines() * 0.9 || index.bytes() > limits.indexBytes() * 0.9) {
      return Optional.of(state + ". It is nearly full: merge or shorten entries soon.");
    }
    return Optional.empty();
  }
}
