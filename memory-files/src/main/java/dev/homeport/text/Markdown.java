package dev.homeport.text;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A Markdown text as far as it matters where prose ends and code, comments and frontmatter begin.
///
/// Lines end at `\n` alone. The time is linear in the length of the text. Immutable.
public final class Markdown {
  /// What a line belongs to.
  public enum Kind {
    /// Prose, headings, lists and tables.
    TEXT,
    /// A fenced code block with its fences; one that is never closed goes on to the end.
    CODE,
    /// An HTML comment that shares no line with anything else. One that is never closed is text.
    COMMENT,
    /// The block between `---` and `---` at the start.
    FRONTMATTER
  }

  /// A line of the text.
  ///
  /// @param start the index of its first character
  /// @param end the index behind its terminator
  /// @param kind what it belongs to
  public record Line(int start, int end, Kind kind) {}

  /// A part of the text lines.
  ///
  /// @param start the index of its first character
  /// @param end the index behind its last one
  /// @param isCode whether it is what stands in a code span
  public record Stretch(int start, int end, boolean isCode) {}

  private static final String FRONTMATTER = "---";
  private static final String COMMENT_START = "<!--";
  private static final String COMMENT_END = "-->";

  private final String text;
  private final List<Line> lines = new ArrayList<>();
  private int nextCommentEnd = -1;

  private Markdown(String text) {
    this.text = text;
  }

  /// Finds out what each line belongs to.
  public static Markdown parse(String text) {
    var markdown = new Markdown(text);
    markdown.classify(markdown.takeFrontmatter());
    return markdown;
  }

  /// All lines in order.
  public List<Line> lines() {
    return List.copyOf(lines);
  }

  /// The text without the lines of these kinds.
  public String without(Collection<Kind> kinds) {
    var kept = new StringBuilder(text.length());
    lines.stream()
        .filter(line -> !kinds.contains(line.kind))
        .forEach(line -> kept.append(text, line.start, line.end));
    return kept.toString();
  }

  private int lineEnd(int start) {
    int end = text.indexOf('\n', start);
    return end < 0 ? text.length() : end + 1;
  }

  /// Takes the frontmatter, if there is any, and returns where the rest begins.
  private int takeFrontmatter() {
    int first = text.startsWith("\uFEFF") ? 1 : 0;
    if (!text.startsWith(FRONTMATTER, first)
        || !text.substring(first, lineEnd(0)).stripTrailing().equals(FRONTMATTER)) {
      return 0;
    }
    int start = lineEnd(0);
    var inner = new ArrayList<Line>();
    inner.add(new Line(0, start, Kind.FRONTMATTER));
    while (start < text.length()) {
      int end = lineEnd(start);
      inner.add(new Line(start, end, Kind.FRONTMATTER));
      if (text.substring(start, end).stripTrailing().equals(FRONTMATTER)) {
        lines.addAll(inner);
        return end;
      }
      start = end;
    }
    return 0;
  }

  private void classify(int from) {
    String fence = "";
    boolean isQuoted = false;
    int start = from;
    while (start < text.length()) {
      int end = lineEnd(start);
      String line = text.substring(start, end).strip();
      String inner = unquoted(line);
      if (!fence.isEmpty() && isQuoted && inner.length() == line.length()) {
        fence = "";
      }
      if (!fence.isEmpty()) {
        lines.add(new Line(start, end, Kind.CODE));
        fence = inner.startsWith(fence) && isRun(inner) ? "" : fence;
      } else if (isFence(inner)) {
        lines.add(new Line(start, end, Kind.CODE));
        fence = inner.substring(0, run(inner, 0));
        isQuoted = inner.length() < line.length();
      } else if (line.startsWith(COMMENT_START)) {
        end = takeComment(start, end);
      } else {
        lines.add(new Line(start, end, Kind.TEXT));
      }
      start = end;
    }
  }

  /// Takes the lines of a comment, or the one line if it is none, and returns where they end.
  private int takeComment(int start, int lineEnd) {
    int inner = text.indexOf(COMMENT_START, start) + COMMENT_START.length();
    if (nextCommentEnd != Integer.MAX_VALUE && nextCommentEnd < inner) {
      int found = text.indexOf(COMMENT_END, inner);
      nextCommentEnd = found < 0 ? Integer.MAX_VALUE : found;
    }
    if (nextCommentEnd == Integer.MAX_VALUE) {
      lines.add(new Line(start, lineEnd, Kind.TEXT));
      return lineEnd;
    }
    int after = nextCommentEnd + COMMENT_END.length();
    int end = lineEnd(after);
    if (!text.substring(after, end).isBlank()) {
      lines.add(new Line(start, lineEnd, Kind.TEXT));
      return lineEnd;
    }
    for (int line = start; line < end; line = lineEnd(line)) {
      lines.add(new Line(line, lineEnd(line), Kind.COMMENT));
    }
    return end;
  }

  private static String unquoted(String line) {
    int start = 0;
    while (start < line.length() && (line.charAt(start) == '>' || line.charAt(start) == ' ')) {
      start++;
    }
    return line.startsWith(">") ? line.substring(start) : line;
  }

  /// Whether a line without the space around it opens a fenced code block.
  public static boolean isFence(String line) {
    if (line.startsWith("```")) {
      return line.indexOf('`', run(line, 0)) < 0;
    }
    return line.startsWith("~~~");
  }

  private static boolean isRun(String line) {
    return run(line, 0) == line.length();
  }

  /// How many characters from here on are the same.
  private static int run(String text, int start) {
    int end = start;
    while (end < text.length() && text.charAt(end) == text.charAt(start)) {
      end++;
    }
    return end - start;
  }

  /// The text lines, cut at code spans; the backticks themselves are left out.
  ///
  /// A code span may go over several lines, but not over a blank one.
  public List<Stretch> stretches() {
    var stretches = new ArrayList<Stretch>();
    int start = -1;
    for (Line line : lines) {
      boolean isProse = line.kind == Kind.TEXT && !text.substring(line.start, line.end).isBlank();
      if (isProse && start < 0) {
        start = line.start;
      } else if (!isProse && start >= 0) {
        addStretches(start, line.start, stretches);
        start = -1;
      }
    }
    if (start >= 0) {
      addStretches(start, text.length(), stretches);
    }
    return stretches;
  }

  /// A run of backticks.
  private record Ticks(int start, int length) {
    int end() {
      return start + length;
    }
  }

  /// A code span ends at the next run of as many backticks as opened it; without one it is none.
  private void addStretches(int from, int to, List<Stretch> stretches) {
    List<Ticks> ticks = ticks(from, to);
    int[] closing = closing(ticks);
    int proseStart = from;
    int i = 0;
    while (i < ticks.size()) {
      if (closing[i] < 0) {
        i++;
        continue;
      }
      Ticks open = ticks.get(i);
      Ticks close = ticks.get(closing[i]);
      int codeStart = open.end();
      int codeEnd = close.start;
      stretches.add(new Stretch(proseStart, open.start, false));
      stretches.add(new Stretch(codeStart, codeEnd, true));
      proseStart = close.end();
      i = closing[i] + 1;
    }
    stretches.add(new Stretch(proseStart, to, false));
  }

  private List<Ticks> ticks(int from, int to) {
    var ticks = new ArrayList<Ticks>();
    int i = text.indexOf('`', from, to);
    while (i >= 0) {
      var run = new Ticks(i, run(text, i));
      ticks.add(run);
      i = text.indexOf('`', run.end(), to);
    }
    return ticks;
  }

  private static int[] closing(List<Ticks> ticks) {
    int[] closing = new int[ticks.size()];
    Map<Integer, Integer> next = new HashMap<>();
    for (int i = ticks.size() - 1; i >= 0; i--) {
      Integer before = next.put(ticks.get(i).length, i);
      closing[i] = before == null ? -1 : before;
    }
    return closing;
  }
}
