package dev.homeport.memory;

import dev.homeport.text.Lines;
import dev.homeport.text.Markdown;
import dev.homeport.text.Markdown.Kind;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;

/// How much of a `MEMORY.md` counts: all but its frontmatter and the HTML comments that stand on
/// lines of their own.
///
/// @param lines how many lines
/// @param bytes how many bytes of UTF-8
public record IndexSize(int lines, int bytes) {
  /// Measures an index.
  public static IndexSize of(String index) {
    String counted = counted(index);
    return new IndexSize(Lines.count(counted), counted.getBytes(StandardCharsets.UTF_8).length);
  }

  /// The part of an index that counts, which is also the part that agents load.
  static String counted(String index) {
    return Markdown.parse(index).without(EnumSet.of(Kind.FRONTMATTER, Kind.COMMENT));
  }

  /// Whether agents do not see the end of it.
  public boolean exceeds(MemoryLimits limits) {
    return lines > limits.indexLines() || bytes > limits.indexBytes();
  }

  /// Whether less than a tenth is left.
  boolean isNear(MemoryLimits limits) {
    return lines > limits.indexLines() * 0.9 || bytes > limits.indexBytes() * 0.9;
  }
}
