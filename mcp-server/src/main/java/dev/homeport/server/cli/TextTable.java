package dev.homeport.server.cli;

import java.io.PrintStream;
import java.util.List;

/// Prints rows of text in columns; the last one is as wide as it likes.
final class TextTable {
  private TextTable() {}

  /// @param rows each with the same number of cells
  static void print(List<List<String>> rows, PrintStream out) {
    for (List<String> row : rows) {
      var line = new StringBuilder();
      for (int column = 0; column < row.size() - 1; column++) {
        String cell = row.get(column);
        line.append(cell).repeat(' ', width(rows, column) - cell.length() + 2);
      }
      out.println(line.append(row.getLast()));
    }
  }

  private static int width(List<List<String>> rows, int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }
}
