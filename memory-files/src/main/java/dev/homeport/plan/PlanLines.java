package dev.homeport.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The forms of single lines of a plan: checkboxes, status lines, rows of tables.
final class PlanLines {
  private static final List<String> STATUS = List.of("**Status:**", "**Status**:");

  private PlanLines() {}

  /// Where the mark of a checkbox stands in a line, or -1. `- [x](url)` is a link.
  static int checkbox(String line) {
    int marker = line.length() - line.stripLeading().length();
    if (marker == line.length() || "-*+".indexOf(line.charAt(marker)) < 0) {
      return -1;
    }
    int open = marker + 1;
    while (open < line.length() && isBlank(line.charAt(open))) {
      open++;
    }
    boolean isBox =
        open > marker + 1
            && line.length() > open + 2
            && line.charAt(open) == '['
            && " xX".indexOf(line.charAt(open + 1)) >= 0
            && line.charAt(open + 2) == ']'
            && (line.length() == open + 3 || Character.isWhitespace(line.charAt(open + 3)));
    return isBox ? open + 1 : -1;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  static PlanItem item(String line) {
    int box = checkbox(line);
    return new PlanItem(line.substring(box + 2).strip(), line.charAt(box) != ' ');
  }

  /// Where the value of a status line begins, or -1.
  static int statusValue(String line) {
    int start = line.length() - line.stripLeading().length();
    if (line.startsWith("- ", start) || line.startsWith("* ", start)) {
      start += 2;
    }
    for (String label : STATUS) {
      if (line.startsWith(label, start)) {
        return start + label.length();
      }
    }
    return -1;
  }

  /// The status that a status line gives; remarks may follow it.
  static Optional<PhaseStatus> status(String line) {
    int start = statusValue(line);
    if (start < 0) {
      return Optional.empty();
    }
    String value = line.substring(start).strip();
    int space = value.indexOf(' ');
    return PhaseStatus.of(value)
        .or(() -> space < 0 ? Optional.empty() : PhaseStatus.of(value.substring(0, space)));
  }

  static boolean isRow(String line) {
    return line.stripLeading().startsWith("|");
  }

  /// The cells of a row; `\|` is a bar within one.
  static List<String> cells(String line) {
    String row = line.strip();
    var cells = new ArrayList<String>();
    var cell = new StringBuilder();
    for (int i = 1; i < row.length(); i++) {
      char c = row.charAt(i);
      if (c == '\\' && i + 1 < row.length() && row.charAt(i + 1) == '|') {
        cell.append('|');
        i++;
      } else if (c == '|') {
        cells.add(cell.toString().strip());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    if (!cell.toString().isBlank()) {
      cells.add(cell.toString().strip());
    }
    return cells;
  }

  static String row(String... cells) {
    var row = new StringBuilder("|");
    for (String cell : cells) {
      row.append(' ').append(cell.replace("|", "\\|")).append(" |");
    }
    return row.toString();
  }

  /// Whether the cells are those of a row such as `|---|---|`.
  static boolean isSeparator(List<String> cells) {
    return cells.stream().allMatch(cell -> cell.chars().allMatch(c -> c == '-' || c == ':'));
  }
}
