package dev.homeport.server.tool;

import dev.homeport.index.SearchHit;
import dev.homeport.index.SearchOutcome;
import dev.homeport.search.FileMatches;
import dev.homeport.search.GlobOutcome;
import dev.homeport.search.GrepOutcome;
import dev.homeport.search.GrepOutcome.Matches;
import dev.homeport.search.LineMatch;
import dev.homeport.search.OutputMode;
import dev.homeport.search.Skipped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What the search tools say: matches as ripgrep prints them, and a last line that states the
/// total.
final class SearchTexts {
  private SearchTexts() {}

  /// @param sweep why every file was asked for, if it was
  static ToolResult grep(GrepOutcome outcome, OutputMode mode, Optional<String> sweep) {
    return switch (outcome) {
      case Matches matches -> matches(matches, mode, "", sweep);
      case GrepOutcome.TimedOut(var limit, var partial) ->
          matches(
              partial,
              mode,
              "The time was up after %d s: narrow path or glob. ".formatted(limit.toSeconds()),
              sweep);
      case GrepOutcome.BadPattern(var problem, var position, var advice) ->
          ToolResult.error(
              "The pattern cannot be searched for: %s (at character %d). %s"
                  .formatted(problem, position + 1, advice)
                  .strip());
      case GrepOutcome.BadScope(var problem) -> ToolResult.error(problem);
    };
  }

  private static ToolResult matches(
      Matches matches, OutputMode mode, String warning, Optional<String> sweep) {
    var text = new StringBuilder();
    for (FileMatches file : matches.files()) {
      switch (mode) {
        case CONTENT -> appendLines(text, file);
        case FILES_WITH_MATCHES -> text.append(file.path()).append('\n');
        case COUNT -> text.append(file.path()).append(':').append(file.count()).append('\n');
      }
    }
    text.append(warning)
        .append(matches.isExact() ? "" : "at least ")
        .append(counted(matches.total(), mode == OutputMode.CONTENT ? "line" : "file"))
        .append(rest(matches.nextOffset(), matches.skipped()));
    if (matches.unseen() > 0) {
      text.append(
          "; %d hidden or ignored files match (everything: true)".formatted(matches.unseen()));
    }
    text.append(swept(sweep));
    ToolResult result =
        ToolResult.text(text.toString())
            .withMeta("total", matches.total())
            .withMeta("exact", matches.isExact())
            .withMeta("truncated", matches.truncated());
    return withNext(result, matches.nextOffset());
  }

  private static void appendLines(StringBuilder text, FileMatches file) {
    long last = -1;
    for (LineMatch line : file.lines()) {
      if (last > 0 && line.number() > last + 1) {
        text.append("--\n");
      }
      char mark = line.context() ? '-' : ':';
      text.append(file.path()).append(mark).append(line.number()).append(mark);
      text.append(line.text()).append('\n');
      last = line.number();
    }
    if (file.binary()) {
      text.append(file.path()).append(": the rest is binary\n");
    }
  }

  /// That the answer is not that of events, which is slower, but misses no change.
  private static String swept(Optional<String> reason) {
    return reason.map("; every file was asked for changes, since %s"::formatted).orElse("");
  }

  /// @param sweep why every file was asked for, if it was
  static ToolResult glob(GlobOutcome outcome, Optional<String> sweep) {
    return switch (outcome) {
      case GlobOutcome.BadScope(var problem) -> ToolResult.error(problem);
      case GlobOutcome.Files(var files, var total, var next, var skipped) -> {
        var text = new StringBuilder();
        files.forEach(file -> text.append(file.path()).append('\n'));
        text.append(counted(total, "file")).append(rest(next, skipped)).append(swept(sweep));
        yield withNext(
            ToolResult.text(text.toString())
                .withMeta("total", total)
                .withMeta("truncated", next.isPresent()),
            next);
      }
    };
  }

  /// The hits, as many as the budget holds; the first one in any case.
  static ToolResult search(SearchOutcome outcome, int characters) {
    var text = new StringBuilder();
    int shown = 0;
    for (SearchHit hit : outcome.hits()) {
      String place = place(hit);
      if (shown > 0 && text.length() + place.length() > characters) {
        break;
      }
      text.append(place);
      shown++;
    }
    text.append(
        "%d of %d files".formatted(files(outcome.hits().subList(0, shown)), outcome.files()));
    if (shown < outcome.hits().size()) {
      text.append("; %d more places (raise tokens)".formatted(outcome.hits().size() - shown));
    }
    if (outcome.pending() > 0) {
      text.append("; %d files are not read yet: search again".formatted(outcome.pending()));
    }
    if (outcome.hits().isEmpty()) {
      text.append("; try other words, or grep for exact text");
    }
    return ToolResult.text(text.toString())
        .withMeta("files", outcome.files())
        .withMeta("pending", outcome.pending());
  }

  private static long files(List<SearchHit> hits) {
    return hits.stream().map(SearchHit::path).distinct().count();
  }

  private static String place(SearchHit hit) {
    var text = new StringBuilder(hit.citation()).append(" (").append(hit.kind().label());
    text.append(")\n");
    for (SearchHit.Line line : hit.lines()) {
      text.append("  ").append(line.number()).append(": ").append(line.text()).append('\n');
    }
    return text.toString();
  }

  private static String counted(long number, String unit) {
    return number + " " + unit + (number == 1 ? "" : "s");
  }

  private static String rest(OptionalInt next, Skipped skipped) {
    var parts = new ArrayList<String>();
    next.ifPresent(offset -> parts.add("truncated, next offset " + offset));
    count(parts, skipped.ignored(), "ignored");
    count(parts, skipped.hidden(), "hidden");
    count(parts, skipped.binary(), "binary");
    count(parts, skipped.unreadable(), "unreadable");
    count(parts, skipped.unnamable(), "with unusable names");
    count(parts, skipped.oversized(), "too large");
    return parts.isEmpty() ? "" : " (" + String.join(", ", parts) + ")";
  }

  private static void count(List<String> parts, int number, String what) {
    if (number > 0) {
      parts.add(number + " " + what + " skipped");
    }
  }

  private static ToolResult withNext(ToolResult result, OptionalInt next) {
    return next.isPresent() ? result.withMeta("nextOffset", next.getAsInt()) : result;
  }
}
