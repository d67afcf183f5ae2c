package dev.homeport.server.tool;

import dev.homeport.file.FileOutcome.Overlap;
import dev.homeport.file.FileOutcome.Overlapping;
import dev.homeport.file.FileOutcome.Stale;
import dev.homeport.workspace.WorkspacePath;
import java.util.List;

/// What agents read where a file has another content than they expected.
final class ConflictTexts {
  private static final int MOST_CHARACTERS = 8_000;
  private static final int MOST_OF_A_SIDE = 1_500;

  private ConflictTexts() {}

  static ToolResult stale(WorkspacePath path, Stale stale) {
    String merge = stale.whyNotMerged().isEmpty() ? "" : " " + stale.whyNotMerged();
    String diff =
        stale.diff().isEmpty()
            ? ""
            : "\n- is what it has now, + what you sent or expected:\n" + stale.diff();
    String text =
        "memory_precondition_failed_error: %s has other content than you expect; nothing was changed.%s Read it again, then repeat the change with its sha256.%s\nsha256 %s"
            .formatted(path, merge, diff, stale.current().sha256());
    return FileTexts.withFacts(ToolResult.error(text), stale.current());
  }

  static ToolResult overlapping(WorkspacePath path, Overlapping conflict) {
    List<Overlap> overlaps = conflict.overlaps();
    var out =
        new StringBuilder(
            "memory_precondition_failed_error: merge conflict in %s: others changed the same lines since the content you expect; nothing was written. Decide what these lines are to be, then change the file as it is now: the sha256 at the end is its."
                .formatted(path));
    int shown = 0;
    while (shown < overlaps.size() && (shown == 0 || out.length() < MOST_CHARACTERS)) {
      append(out, overlaps.get(shown), shown + 1, overlaps.size());
      shown++;
    }
    if (shown < overlaps.size()) {
      out.append("\n[%d more overlaps are not shown]".formatted(overlaps.size() - shown));
    }
    out.append("\nsha256 ").append(conflict.current().sha256());
    return FileTexts.withFacts(ToolResult.error(out.toString()), conflict.current())
        .withMeta("overlaps", overlaps.size());
  }

  /// In the form that git gives a conflict.
  private static void append(StringBuilder out, Overlap overlap, int number, int of) {
    out.append("\nOverlap %d of %d:\n".formatted(number, of));
    append(out, "<<<<<<< now, ", overlap.theirs());
    append(out, "||||||| as you expected, ", overlap.base());
    append(out, "======= yours, ", overlap.mine());
    out.append(">>>>>>>");
  }

  private static void append(StringBuilder out, String marker, Overlap.Part part) {
    out.append(marker).append(where(part)).append('\n');
    String text = part.text();
    if (text.length() > MOST_OF_A_SIDE) {
      int end = Character.isHighSurrogate(text.charAt(MOST_OF_A_SIDE - 1)) ? 1 : 0;
      out.append(text, 0, MOST_OF_A_SIDE - end)
          .append("\n[%,d more characters]\n".formatted(text.length() - MOST_OF_A_SIDE + end));
    } else {
      out.append(text);
      if (!text.isEmpty() && !text.endsWith("\n")) {
        out.append("\n[no newline at the end of the file]\n");
      }
    }
  }

  private static String where(Overlap.Part part) {
    return switch (part.lines()) {
      case 0 -> "nothing before line " + part.firstLine();
      case 1 -> "line " + part.firstLine();
      default -> "lines %d to %d".formatted(part.firstLine(), part.firstLine() + part.lines() - 1);
    };
  }
}
