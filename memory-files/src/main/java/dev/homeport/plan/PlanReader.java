package dev.homeport.plan;

import dev.homeport.plan.PlanDocument.Kind;
import dev.homeport.plan.PlanDocument.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Takes from a document what it says.
final class PlanReader {
  static final String GOAL = "Goal";
  static final String NEXT = "Next Step";
  static final String DECISIONS = "Decisions Made";
  static final String ERRORS = "Errors Encountered";

  private static final String TITLE = "Task Plan:";

  private PlanReader() {}

  static TaskPlan read(PlanDocument document) {
    return new TaskPlan(
        title(document),
        body(document, GOAL),
        body(document, NEXT),
        document.phases().stream().map(range -> phase(document, range)).toList(),
        rows(document, DECISIONS, 2).stream()
            .map(cells -> new Decision(cells.get(0), cells.get(1)))
            .toList(),
        rows(document, ERRORS, 3).stream()
            .map(cells -> new LoggedError(cells.get(0), cells.get(1), cells.get(2)))
            .toList());
  }

  private static String title(PlanDocument document) {
    for (int i = 0; i < document.size(); i++) {
      if (document.headingLevel(i) == 1) {
        String text = document.headingText(i);
        return text.startsWith(TITLE) ? text.substring(TITLE.length()).strip() : text;
      }
    }
    return "";
  }

  private static String body(PlanDocument document, String section) {
    return document
        .section(section)
        .map(document::body)
        .map(body ->
            IntStream.range(body.start(), body.end())
                .mapToObj(document::content)
                .collect(Collectors.joining("\n")))
        .orElse("");
  }

  private static Phase phase(PlanDocument document, Range range) {
    PhaseHeading heading = PhaseHeading.parse(document.headingText(range.start())).orElseThrow();
    List<PlanItem> items =
        itemLines(document, range).stream()
            .map(line -> PlanLines.item(document.content(line)))
            .toList();
    PhaseStatus status =
        textLines(document, range).stream()
            .flatMap(line -> PlanLines.status(document.content(line)).stream())
            .findFirst()
            .or(heading::status)
            .orElseGet(() -> derived(items));
    return new Phase(heading.number(), heading.title(), status, items);
  }

  private static PhaseStatus derived(List<PlanItem> items) {
    long done = items.stream().filter(PlanItem::done).count();
    if (done == 0) {
      return PhaseStatus.PENDING;
    }
    return done == items.size() ? PhaseStatus.COMPLETE : PhaseStatus.IN_PROGRESS;
  }

  /// The lines of a phase that hold its items.
  static List<Integer> itemLines(PlanDocument document, Range phase) {
    return textLines(document, phase).stream()
        .filter(line -> PlanLines.checkbox(document.content(line)) >= 0)
        .toList();
  }

  /// The lines of a range that are neither code nor comment.
  static List<Integer> textLines(PlanDocument document, Range range) {
    return IntStream.range(range.start() + 1, range.end())
        .filter(line -> document.kind(line) == Kind.TEXT)
        .boxed()
        .toList();
  }

  /// The rows of a section's table that say something, each with at least `width` cells.
  private static List<List<String>> rows(PlanDocument document, String section, int width) {
    var rows = new ArrayList<List<String>>();
    document
        .section(section)
        .ifPresent(range -> {
          for (int line : textLines(document, range)) {
            if (isRow(document, line) && !isSeparator(document, line)) {
              rows.add(padded(PlanLines.cells(document.content(line)), width));
            }
          }
        });
    return rows.stream().skip(1).filter(cells -> !cells.getFirst().isEmpty()).toList();
  }

  static boolean isRow(PlanDocument document, int line) {
    return document.kind(line) == Kind.TEXT && PlanLines.isRow(document.content(line));
  }

  /// Whether a row is the second one of its table and of dashes; below, dashes are what is said.
  private static boolean isSeparator(PlanDocument document, int row) {
    return isRow(document, row - 1)
        && !isRow(document, row - 2)
        && PlanLines.isSeparator(PlanLines.cells(document.content(row)));
  }

  private static List<String> padded(List<String> cells, int width) {
    var padded = new ArrayList<>(cells);
    while (padded.size() < width) {
      padded.add("");
    }
    return padded;
  }
}
