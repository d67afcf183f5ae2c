package dev.homeport.server.tool;

import java.time.Duration;
import java.util.function.Consumer;

/// Reports the last line of a running command's output, at most once a second.
final class OutputProgress implements Consumer<String> {
  private static final long PAUSE = Duration.ofSeconds(1).toNanos();
  private static final int LONGEST = 200;

  private final ToolContext context;
  private long characters;
  private long lastNanos = System.nanoTime();

  OutputProgress(ToolContext context) {
    this.context = context;
  }

  /// Called by one thread at a time.
  @Override
  public void accept(String piece) {
    characters += piece.length();
    long now = System.nanoTime();
    if (now - lastNanos >= PAUSE) {
      lastNanos = now;
      context.progress((double) characters, 0, lastLine(piece));
    }
  }

  private static String lastLine(String piece) {
    String text = piece.stripTrailing();
    String line = text.substring(text.lastIndexOf('\n') + 1);
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
  }
}
