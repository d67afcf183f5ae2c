package dev.homeport.server.cli;

import dev.homeport.search.IndexExplanation.Part;
import dev.homeport.search.IndexExplanation.Plan;
import dev.homeport.search.IndexReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What `homeport index` says.
final class IndexTexts {
  private IndexTexts() {}

  /// Rows for a table.
  static List<List<String>> status(IndexReport report, Path directory) {
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("index", directory.toString()));
    rows.add(List.of("state", state(report)));
    rows.add(
        List.of(
            "size",
            "%s for %s of files (%.3f)"
                .formatted(
                    bytes(report.bytes()),
                    bytes(report.treeBytes()),
                    (double) report.bytes() / Math.max(1, report.treeBytes()))));
    rows.add(
        List.of(
            "indexed",
            "%,d files in %,d chunks, generation %,d"
                .formatted(report.indexedFiles(), report.chunks(), report.generation())));
    rows.add(
        List.of(
            "writer",
            report.writer().map("process %d"::formatted).orElse("none; the next server is it")));
    rows.add(
        List.of(
            "changes",
            report
                .sweepReason()
                .map("found by asking for every file, since %s"::formatted)
                .orElse("told by the system")));
    return rows;
  }

  private static String state(IndexReport report) {
    if (report.problem().isPresent()) {
      return report.problem().get() + "; whoever writes it makes it anew";
    }
    if (!report.exists()) {
      return "there is none; grep reads all %,d files".formatted(report.treeFiles());
    }
    return report.otherFiles() == 0
        ? "up to date with all %,d files".formatted(report.treeFiles())
        : "behind: %,d of %,d files are read whole at each search"
            .formatted(report.otherFiles(), report.treeFiles());
  }

  /// Lines.
  static List<String> explain(Plan plan) {
    var lines = new ArrayList<String>();
    for (Part part : plan.parts()) {
      lines.add("%s%s  %,d".formatted("  ".repeat(part.depth()), part.text(), part.chunks()));
    }
    lines.add(
        switch (plan.way()) {
          case CHUNKS -> "Parts of files with these trigrams are read, the rarest looked up first.";
          case FILES -> "Files with these trigrams are read whole, since matches may cross lines.";
          case ALL_AS_PATTERN_IS_OPEN ->
              "All files are read: there is no trigram that every match has.";
          case ALL_WITHOUT_INDEX -> "All files are read: there is no index.";
        });
    lines.add(
        "Looked up in %.1f ms. To read: %,d parts of %,d files, %s, of %,d files with %s."
            .formatted(
                plan.lookup().toNanos() / 1e6,
                plan.chunks(),
                plan.files(),
                bytes(plan.bytes()),
                plan.allFiles(),
                bytes(plan.allBytes())));
    if (plan.otherFiles() > 0) {
      lines.add(
          "%,d of them are not indexed in the state that they have.".formatted(plan.otherFiles()));
    }
    return lines;
  }

  private static String bytes(long bytes) {
    return bytes < 1_000_000 ? "%.1f kB".formatted(bytes / 1e3) : "%,.1f MB".formatted(bytes / 1e6);
  }
}
