package dev.homeport.plan;

import dev.homeport.text.Markdown;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A plan as lines with their terminators: joined again they are the text, byte by byte. Immutable.
///
/// Lines inside of code fences and HTML comments are never taken for structure.
final class PlanDocument {
  /// What a line belongs to.
  enum Kind {
    TEXT,
    FENCE,
    COMMENT
  }

  /// Lines `start` up to but without `end`.
  record Range(int start, int end) {}

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final String mark;
  private final List<String> lines;
  private final List<Kind> kinds = new ArrayList<>();
  private final BitSet opening = new BitSet();
  private final boolean closed;

  PlanDocument(String text) {
    this.mark = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : "";
    this.lines = split(text.substring(mark.length()));
    this.closed = classify();
  }

  private static List<String> split(String text) {
    var lines = new ArrayList<String>();
    int start = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      lines.add(text.substring(start, end + 1));
      start = end + 1;
    }
    if (start < text.length()) {
      lines.add(text.substring(start));
    }
    return List.copyOf(lines);
  }

  /// Says of each line what it belongs to, and whether the last fence and comment are closed.
  private boolean classify() {
    String fence = "";
    boolean comment = false;
    for (String line : lines) {
      String trimmed = line.strip();
      if (!fence.isEmpty()) {
        kinds.add(Kind.FENCE);
        fence = trimmed.startsWith(fence) && isRun(trimmed) ? "" : fence;
      } else if (comment || trimmed.startsWith("<!--")) {
        opening.set(kinds.size(), !comment);
        kinds.add(Kind.COMMENT);
        comment = !trimmed.contains("-->");
      } else if (Markdown.isFence(trimmed)) {
        opening.set(kinds.size());
        kinds.add(Kind.FENCE);
        fence = fence(trimmed);
      } else {
        kinds.add(Kind.TEXT);
      }
    }
    return fence.isEmpty() && !comment;
  }

  private static String fence(String line) {
    int length = 0;
    while (length < line.length() && line.charAt(length) == line.charAt(0)) {
      length++;
    }
    return line.substring(0, length);
  }

  private static boolean isRun(String line) {
    return line.chars().allMatch(c -> c == line.charAt(0));
  }

  String text() {
    return mark + String.join("", lines);
  }

  /// Whether what is added at the end would be text, not part of a fence or comment left open.
  boolean isClosed() {
    return closed;
  }

  int size() {
    return lines.size();
  }

  List<String> lines() {
    return lines;
  }

  Kind kind(int index) {
    return kinds.get(index);
  }

  /// A line without terminator and trailing space.
  String content(int index) {
    return lines.get(index).stripTrailing();
  }

  /// How a new line ends in front of a line: as the line before does, or the first one.
  private String lineEnd(int index) {
    int before = index - 1;
    while (before >= 0 && !lines.get(before).endsWith("\n")) {
      before--;
    }
    String model = lines.isEmpty() ? "" : lines.get(Math.max(before, 0));
    return model.endsWith("\r\n") ? "\r\n" : "\n";
  }

  /// The level of the heading on a line, 0 if it is none.
  int headingLevel(int index) {
    String line = content(index);
    int level = 0;
    while (level < line.length() && line.charAt(level) == '#') {
      level++;
    }
    boolean isHeading =
        kind(index) == Kind.TEXT
            && level <= 6
            && (level == line.length() || " \t".indexOf(line.charAt(level)) >= 0);
    return isHeading ? level : 0;
  }

  /// The text of a heading, without the `##` that may close it.
  String headingText(int index) {
    String text = content(index).substring(headingLevel(index)).strip();
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '#') {
      end--;
    }
    boolean isClosed = end == 0 || Character.isWhitespace(text.charAt(end - 1));
    return isClosed ? text.substring(0, end).strip() : text;
  }

  /// The section under a `##` heading, with its heading.
  Optional<Range> section(String name) {
    for (int i = 0; i < size(); i++) {
      if (headingLevel(i) == 2
          && headingText(i).toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT))) {
        return Optional.of(block(i));
      }
    }
    return Optional.empty();
  }

  /// The phases, each with its heading.
  List<Range> phases() {
    var phases = new ArrayList<Range>();
    for (int i = 0; i < size(); i++) {
      if (headingLevel(i) == 3 && PhaseHeading.parse(headingText(i)).isPresent()) {
        phases.add(block(i));
      }
    }
    return phases;
  }

  private Range block(int heading) {
    int level = headingLevel(heading);
    int end = heading + 1;
    while (end < size() && (headingLevel(end) == 0 || headingLevel(end) > level)) {
      end++;
    }
    return new Range(heading, end);
  }

  /// The part of a section that is its own text: without heading, comments around, blank edges, and
  /// what stands under headings of lower levels.
  Range body(Range section) {
    int start = section.start() + 1;
    while (start < section.end() && (kind(start) == Kind.COMMENT || content(start).isBlank())) {
      start++;
    }
    int end = start;
    int i = start;
    while (i < section.end() && kind(i) != Kind.COMMENT && headingLevel(i) == 0) {
      end = content(i).isBlank() ? end : i + 1;
      i++;
    }
    return new Range(start, end);
  }

  /// The line after the last one of a range that is not blank.
  int contentEnd(Range range) {
    int end = range.end();
    while (end > range.start() + 1 && content(end - 1).isBlank()) {
      end--;
    }
    return end;
  }

  /// The line after an item and all that belongs to it: the indented lines below, and the fences
  /// and comments that begin indented.
  int itemEnd(int item, Range phase) {
    int end = item + 1;
    for (int i = end; i < phase.end(); i++) {
      boolean isInner = kind(i) != Kind.TEXT && !opening.get(i);
      if (!isInner && !content(i).isBlank() && " \t".indexOf(lines.get(i).charAt(0)) < 0) {
        break;
      }
      end = isInner || !content(i).isBlank() ? i + 1 : end;
    }
    return end;
  }

  /// This document with a range of lines replaced by others, given without terminators. The last of
  /// them ends as the last of the range did, also if that is not at all.
  PlanDocument replace(Range range, List<String> replacement) {
    String lineEnd = lineEnd(range.start());
    var changed = new ArrayList<>(lines.subList(0, range.start()));
    if (!changed.isEmpty() && !replacement.isEmpty() && !changed.getLast().endsWith("\n")) {
      changed.set(changed.size() - 1, changed.getLast() + lineEnd);
    }
    replacement.forEach(line -> changed.add(line + lineEnd));
    if (range.end() > range.start() && !replacement.isEmpty()) {
      String last = lines.get(range.end() - 1);
      String end = last.endsWith("\r\n") ? "\r\n" : last.endsWith("\n") ? "\n" : "";
      changed.set(changed.size() - 1, replacement.getLast() + end);
    }
    changed.addAll(lines.subList(range.end(), size()));
    return new PlanDocument(mark + String.join("", changed));
  }

  /// This document with lines put in front of a line.
  PlanDocument insert(int index, List<String> added) {
    return replace(new Range(index, index), added);
  }

  /// This document with one line's content replaced; its terminator stays.
  PlanDocument withLine(int index, String content) {
    var changed = new ArrayList<>(lines);
    changed.set(index, content);
    return new PlanDocument(mark + String.join("", changed));
  }
}
