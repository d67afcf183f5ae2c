package dev.homeport.skills.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The sections of a Markdown text by their `#` headings; those inside code fences do not count.
public final class MarkdownOutline {
  private static final int DEEPEST = 6;

  private final List<Section> sections;

  private MarkdownOutline(List<Section> sections) {
    this.sections = sections;
  }

  /// A heading and all below it, deeper headings included.
  ///
  /// @param heading the heading without its marks
  /// @param level 1 to 6
  /// @param firstLine the number of the heading's line, from 1
  /// @param lastLine the number of the last line before the next heading of this level or above
  public record Section(String heading, int level, int firstLine, int lastLine) {}

  /// The outline of a text.
  public static MarkdownOutline of(List<String> lines) {
    var open = new ArrayList<Section>();
    String fence = "";
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (fence.isEmpty() ? isFence(line) : closes(line, fence)) {
        fence = fence.isEmpty() ? line.substring(0, 3) : "";
        continue;
      }
      int level = fence.isEmpty() ? level(lines.get(i)) : 0;
      if (level > 0) {
        open.add(new Section(heading(line, level), level, i + 1, lines.size()));
      }
    }
    return new MarkdownOutline(closed(open));
  }

  private static List<Section> closed(List<Section> open) {
    var sections = new ArrayList<Section>();
    for (int i = 0; i < open.size(); i++) {
      Section section = open.get(i);
      int last = section.lastLine();
      for (Section later : open.subList(i + 1, open.size())) {
        if (later.level() <= section.level()) {
          last = later.firstLine() - 1;
          break;
        }
      }
      sections.add(new Section(section.heading(), section.level(), section.firstLine(), last));
    }
    return List.copyOf(sections);
  }

  private static boolean isFence(String line) {
    return line.startsWith("```") || line.startsWith("~~~");
  }

  private static boolean closes(String line, String fence) {
    return line.startsWith(fence) && line.chars().allMatch(c -> c == fence.charAt(0));
  }

  private static int level(String line) {
    int level = 0;
    while (level < line.length() && line.charAt(level) == '#') {
      level++;
    }
    boolean isHeading =
        level >= 1 && level <= DEEPEST && level < line.length() && line.charAt(level) == ' ';
    return isHeading ? level : 0;
  }

  private static String heading(String line, int level) {
    String heading = line.substring(level).strip();
    int end = heading.length();
    while (end > 0 && heading.charAt(end - 1) == '#') {
      end--;
    }
    return heading.substring(0, end).strip();
  }

  /// All headings in order, without their marks.
  public List<String> headings() {
    return sections.stream().map(Section::heading).toList();
  }

  /// The section of a heading, or else the first one whose heading contains the text; marks and
  /// case do not matter.
  public Optional<Section> find(String text) {
    String wanted = heading(text.strip(), Math.max(0, level(text.strip())));
    return sections.stream()
        .filter(section -> section.heading().equalsIgnoreCase(wanted))
        .findFirst()
        .or(() -> containing(wanted));
  }

  private Optional<Section> containing(String wanted) {
    String lower = wanted.toLowerCase(java.util.Locale.ROOT);
    return sections.stream()
        .filter(section -> !lower.isEmpty())
        .filter(section -> section.heading().toLowerCase(java.util.Locale.ROOT).contains(lower))
        .findFirst();
  }
}
