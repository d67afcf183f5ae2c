package dev.homeport.server.tool;

import dev.homeport.file.FileFacts;
import dev.homeport.file.FileOutcome;
import dev.homeport.file.FileOutcome.Done;
import dev.homeport.file.FileOutcome.Status;
import dev.homeport.file.FileOutcome.Unmatched;
import dev.homeport.file.ReadOutcome;
import dev.homeport.file.ReadOutcome.Text;
import dev.homeport.workspace.WorkspacePath;

/// What agents read about files that were read and changed.
final class FileTexts {
  private FileTexts() {}

  /// The content, what is to be known about it in brackets, and the SHA-256 on a line of its own.
  static ToolResult read(Text text) {
    var out = new StringBuilder(text.text());
    boolean isEnd = text.to() == text.whole().bytes();
    boolean endsInNewline = text.text().isEmpty() || text.text().endsWith("\n");
    if (!endsInNewline) {
      out.append('\n');
    }
    if (text.whole().bytes() == 0) {
      out.append("[The file is empty.]\n");
    } else if (isEnd && !endsInNewline) {
      out.append("[No newline at the end of the file.]\n");
    }
    if (!text.isExact()) {
      out.append("[Not valid UTF-8: each \uFFFD may stand for another byte.]\n");
    }
    if (text.from() > 0 || !isEnd) {
      out.append(position(text, isEnd, endsInNewline)).append('\n');
    }
    out.append(
        text.whole().sha256().map(sha -> "sha256 " + sha).orElse("sha256 unknown (large file)"));
    return withPosition(ToolResult.text(out.toString()), text, isEnd);
  }

  private static String position(Text text, boolean isEnd, boolean endsInNewline) {
    ReadOutcome.Whole whole = text.whole();
    if (text.firstLine().isPresent() && whole.lines().isPresent()) {
      long first = text.firstLine().getAsLong();
      long shown = text.text().lines().count();
      long last = Math.max(first, first + newlines(text) - (endsInNewline ? 1 : 0));
      String next =
          isEnd
              ? ""
              : endsInNewline && shown > 0
                  ? "; go on with line: %d".formatted(last + 1)
                  : "; go on with byte_offset: %d".formatted(text.to());
      return "[Lines %d to %d of %d%s]".formatted(first, last, whole.lines().getAsLong(), next);
    }
    return "[Bytes %d to %d of %d%s]"
        .formatted(
            text.from(),
            text.to(),
            whole.bytes(),
            isEnd ? "" : "; go on with byte_offset: " + text.to());
  }

  private static long newlines(Text text) {
    return text.text().chars().filter(c -> c == '\n').count();
  }

  private static ToolResult withPosition(ToolResult result, Text text, boolean isEnd) {
    ToolResult more =
        result
            .withMeta("path", text.path().toString())
            .withMeta("bytes", text.whole().bytes())
            .withMeta("offset", text.from());
    if (text.whole().lines().isPresent()) {
      more = more.withMeta("total_lines", text.whole().lines().getAsLong());
    }
    if (text.whole().sha256().isPresent()) {
      more = more.withMeta("sha256", text.whole().sha256().get());
    }
    return isEnd ? more : more.withMeta("next_offset", text.to());
  }

  /// What came of a change of the file at a path.
  static ToolResult changed(WorkspacePath path, FileOutcome outcome) {
    return switch (outcome) {
      case Done done -> done(path, done);
      case FileOutcome.Stale stale -> ConflictTexts.stale(path, stale);
      case FileOutcome.Overlapping overlapping -> ConflictTexts.overlapping(path, overlapping);
      case FileOutcome.Occupied(var occupied) ->
          ToolResult.error(
              "memory_path_conflict_error: something stands at %s; nothing was changed. Choose another path, or read it and give its sha256."
                  .formatted(occupied));
      case Unmatched unmatched -> ToolResult.error(unmatched(path, unmatched));
    };
  }

  private static ToolResult done(WorkspacePath path, Done done) {
    String what =
        switch (done.status()) {
          case CREATED -> "Created " + path;
          case UPDATED -> "Updated " + path;
          case MERGED -> "Merged " + path;
          case UNCHANGED -> path + " has that content already";
          case PREVIEWED -> "Not written, only tried: " + path;
          case MOVED -> "Moved " + path;
          case DELETED -> "Deleted " + path;
        };
    if (done.file().isEmpty()) {
      return ToolResult.text(what + ".").withMeta("path", path.toString());
    }
    FileFacts file = done.file().get();
    String to = done.status() == Status.MOVED ? " to " + file.path() : "";
    String lines = file.lines().isPresent() ? lines(file.lines().getAsLong()) : "";
    String diff = done.diff().isEmpty() ? "" : "\n" + done.diff();
    if (done.status() == Status.MERGED) {
      diff = " Others changed it too; from what you sent to what it has now:" + diff;
    }
    return withFacts(
        ToolResult.text(what + to + lines + "." + diff + "\nsha256 " + file.sha256()), file);
  }

  private static String lines(long count) {
    return count == 1 ? " (1 line)" : " (" + count + " lines)";
  }

  private static String unmatched(WorkspacePath path, Unmatched unmatched) {
    String problem =
        unmatched.lines().isEmpty()
            ? "does not stand in " + path
            : "stands in %s in lines %s, but %s expected; quote more around it, or set all or count"
                .formatted(
                    path,
                    unmatched.lines(),
                    unmatched.expected() == 1 ? "once was" : unmatched.expected() + " times were");
    String hint =
        unmatched.hint().isEmpty()
            ? ""
            : "\nThe lines that look most like it:\n" + unmatched.hint();
    return "Nothing was changed: old_text of edit %d %s.%s"
        .formatted(unmatched.edit(), problem, hint);
  }

  /// A result that tells of hard links: before the line of the SHA-256, and for programs.
  ///
  /// @param before how many names the file had before the call; 0 if it was only read
  /// @param after how many the file at the path has now; 0 if there is none
  static ToolResult withLinks(ToolResult result, int before, int after) {
    if (result.isError() || after == 0 || Math.max(before, after) < 2) {
      return result;
    }
    String note =
        after > 1
            ? "[The file has %d names (hard links); a write gives this one new content, the others keep the old.]"
                .formatted(after)
            : "[The file had %d names (hard links); this one is a file of its own now, the others keep the old content.]"
                .formatted(before);
    int sha = result.text().lastIndexOf("sha256 ");
    int position = sha < 0 ? result.text().length() : sha;
    return result
        .withText(
            result.text().substring(0, position) + note + "\n" + result.text().substring(position))
        .withMeta("links", after);
  }

  /// A result with a file's facts for programs.
  static ToolResult withFacts(ToolResult result, FileFacts file) {
    ToolResult more =
        result
            .withMeta("path", file.path().toString())
            .withMeta("sha256", file.sha256())
            .withMeta("bytes", file.bytes());
    return file.lines().isPresent() ? more.withMeta("total_lines", file.lines().getAsLong()) : more;
  }
}
