package dev.homeport.plan;

import dev.homeport.plan.PlanChange.AddItem;
import dev.homeport.plan.PlanChange.AddPhase;
import dev.homeport.plan.PlanChange.Check;
import dev.homeport.plan.PlanChange.Decide;
import dev.homeport.plan.PlanChange.LogError;
import dev.homeport.plan.PlanChange.SetGoal;
import dev.homeport.plan.PlanChange.SetNext;
import dev.homeport.plan.PlanChange.SetStatus;
import dev.homeport.plan.PlanChange.Uncheck;
import dev.homeport.plan.PlanDocument.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Makes one change in a document and leaves every other byte as it is.
final class PlanEditor {
  private static final String PHASES = "Phases";
  private static final int LONGEST_TEXT = 2_000;

  /// The order in which sections stand in a plan; a missing one is put in its place.
  private static final List<String> ORDER =
      List.of(
          PlanReader.GOAL,
          PlanReader.NEXT,
          "Current Phase",
          PHASES,
          "Key Questions",
          PlanReader.DECISIONS,
          PlanReader.ERRORS,
          "Session Management",
          "Notes");

  private final PlanDocument document;

  private PlanEditor(PlanDocument document) {
    this.document = document;
  }

  static PlanDocument apply(PlanDocument document, PlanChange change)
      throws RejectedChangeException {
    var editor = new PlanEditor(document);
    return switch (change) {
      case AddPhase(var title, var items) -> editor.addPhase(title, items);
      case AddItem(var phase, var text) -> editor.addItem(phase, text);
      case SetStatus(var phase, var status) -> editor.setStatus(phase, status);
      case Check(var phase, var item) -> editor.mark(new ItemFinder(document, phase, item), 'x');
      case Uncheck(var phase, var item) -> editor.mark(new ItemFinder(document, phase, item), ' ');
      case Decide(var decision, var rationale) -> editor.decide(decision, rationale);
      case LogError(var error, var resolution) -> editor.logError(error, resolution);
      case SetNext(var text) -> editor.setBody(PlanReader.NEXT, text);
      case SetGoal(var text) -> editor.setBody(PlanReader.GOAL, text);
    };
  }

  /// A text on one line, which every part of a plan must be.
  static String line(String what, String text) throws RejectedChangeException {
    String line = words(text);
    if (line.isEmpty() || line.length() > LONGEST_TEXT) {
      throw new RejectedChangeException(
          "The %s must have 1 to %d characters.".formatted(what, LONGEST_TEXT));
    }
    return line;
  }

  /// The words of a text with single spaces between them.
  private static String words(String text) {
    var words = new StringBuilder();
    boolean isGap = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isWhitespace(c)) {
        isGap = !words.isEmpty();
      } else {
        words.append(isGap ? " " : "").append(c);
        isGap = false;
      }
    }
    return words.toString();
  }

  /// What is put into an open fence or comment would be no part of the plan.
  private void requireClosed() throws RejectedChangeException {
    if (!document.isClosed()) {
      throw new RejectedChangeException(
          "The plan has a code fence or an HTML comment that is never closed; close it first.");
    }
  }

  private PlanDocument addPhase(String title, List<String> items) throws RejectedChangeException {
    requireClosed();
    List<Range> phases = document.phases();
    int number =
        1 + PlanReader.read(document).phases().stream().mapToInt(Phase::number).max().orElse(0);
    var lines = new ArrayList<String>();
    lines.add("");
    lines.add(phaseHeading(number, line("title", title)));
    for (String item : items) {
      lines.add("- [ ] " + line("item", item));
    }
    lines.add(statusLine(PhaseStatus.PENDING));
    if (!phases.isEmpty()) {
      return document.insert(document.contentEnd(phases.getLast()), lines);
    }
    PlanDocument withSection = withSection(document, PHASES);
    Range section = withSection.section(PHASES).orElseThrow();
    return withSection.insert(withSection.contentEnd(section), lines);
  }

  /// The heading of a new phase, which must be read as just that.
  private static String phaseHeading(int number, String title) throws RejectedChangeException {
    if (number > PhaseHeading.LAST_NUMBER) {
      throw new RejectedChangeException(
          "No phase can come after number %d; give the phases lower numbers with edit_file first."
              .formatted(PhaseHeading.LAST_NUMBER));
    }
    String heading = "### Phase " + number + ": " + title;
    var expected = new PhaseHeading(number, title, Optional.empty());
    if (!PhaseHeading.parse(new PlanDocument(heading).headingText(0))
        .equals(Optional.of(expected))) {
      throw new RejectedChangeException(
          "The title '%s' must not end in '#' or in a status such as [complete].".formatted(title));
    }
    return heading;
  }

  private static String statusLine(PhaseStatus status) {
    return "- **Status:** " + status.label();
  }

  private PlanDocument addItem(int number, String text) throws RejectedChangeException {
    Range phase = ItemFinder.phase(document, number);
    return insertBehindItems(phase, "- [ ] " + line("item", text));
  }

  /// Puts a line behind the last item and what belongs to it; without items, behind the heading.
  private PlanDocument insertBehindItems(Range phase, String line) throws RejectedChangeException {
    List<Integer> items = PlanReader.itemLines(document, phase);
    int end = document.itemEnd(items.isEmpty() ? phase.start() : items.getLast(), phase);
    if (end == document.size()) {
      requireClosed();
    }
    return document.insert(end, List.of(line));
  }

  private PlanDocument setStatus(int number, PhaseStatus status) throws RejectedChangeException {
    Range phase = ItemFinder.phase(document, number);
    boolean isInline =
        PhaseHeading.parse(document.headingText(phase.start())).orElseThrow().status().isPresent();
    // A phase that says its status twice must not contradict itself.
    var inline = isInline ? withInlineStatus(phase.start(), status) : document;
    for (int i : PlanReader.textLines(document, phase)) {
      if (PlanLines.statusValue(document.content(i)) >= 0) {
        return new PlanEditor(inline).replaceStatus(i, status);
      }
    }
    if (isInline) {
      return inline;
    }
    return insertBehindItems(phase, statusLine(status));
  }

  private PlanDocument withInlineStatus(int index, PhaseStatus status) {
    String heading = document.lines().get(index);
    int open = heading.lastIndexOf('[') + 1;
    int close = heading.lastIndexOf(']');
    return document.withLine(
        index, heading.substring(0, open) + status.label() + heading.substring(close));
  }

  /// Replaces the status itself, and keeps the space before it and remarks behind it.
  private PlanDocument replaceStatus(int index, PhaseStatus status) {
    String line = document.lines().get(index);
    int start = PlanLines.statusValue(line);
    int contentEnd = line.stripTrailing().length();
    while (start < contentEnd && Character.isWhitespace(line.charAt(start))) {
      start++;
    }
    int end = contentEnd;
    if (PhaseStatus.of(line.substring(start, end)).isEmpty()) {
      int space = line.indexOf(' ', start);
      boolean remark = space >= 0 && PhaseStatus.of(line.substring(start, space)).isPresent();
      end = remark ? space : contentEnd;
    }
    String gap = "*:".indexOf(line.charAt(start - 1)) >= 0 ? " " : "";
    return document.withLine(
        index, line.substring(0, start) + gap + status.label() + line.substring(end));
  }

  private PlanDocument mark(ItemFinder finder, char mark) throws RejectedChangeException {
    int index = finder.line();
    String line = document.lines().get(index);
    int box = PlanLines.checkbox(line);
    if ((line.charAt(box) == ' ') == (mark == ' ')) {
      return document;
    }
    return document.withLine(index, line.substring(0, box) + mark + line.substring(box + 1));
  }

  private PlanDocument decide(String decision, String rationale) throws RejectedChangeException {
    String why = rationale.isBlank() ? "" : line("rationale", rationale);
    return addRow(
        PlanReader.DECISIONS,
        List.of("| Decision | Rationale |", "|----------|-----------|"),
        PlanLines.row(line("decision", decision), why));
  }

  private PlanDocument logError(String error, String resolution) throws RejectedChangeException {
    String what = line("error", error);
    String how = resolution.isBlank() ? "" : line("resolution", resolution);
    long earlier =
        PlanReader.read(document).errors().stream()
            .filter(logged -> logged.error().equalsIgnoreCase(what))
            .count();
    return addRow(
        PlanReader.ERRORS,
        List.of("| Error | Attempt | Resolution |", "|-------|---------|------------|"),
        PlanLines.row(what, String.valueOf(earlier + 1), how));
  }

  private PlanDocument addRow(String name, List<String> header, String row)
      throws RejectedChangeException {
    requireClosed();
    PlanDocument withSection = withSection(document, name);
    Range section = withSection.section(name).orElseThrow();
    int lastRow = -1;
    for (int i : PlanReader.textLines(withSection, section)) {
      lastRow = PlanReader.isRow(withSection, i) ? i : lastRow;
    }
    if (lastRow >= 0) {
      // Directly behind the first row, dashes would be the separator that is missing there.
      boolean isAmbiguous =
          !PlanReader.isRow(withSection, lastRow - 1)
              && PlanLines.isSeparator(PlanLines.cells(row));
      return withSection.insert(
          lastRow + 1, isAmbiguous ? List.of(header.getLast(), row) : List.of(row));
    }
    var table = new ArrayList<>(header);
    table.add(row);
    return withSection.insert(withSection.contentEnd(section), table);
  }

  private PlanDocument setBody(String name, String text) throws RejectedChangeException {
    requireClosed();
    String line = harmless(line(name.toLowerCase(Locale.ROOT), text));
    PlanDocument withSection = withSection(document, name);
    Range section = withSection.section(name).orElseThrow();
    Range body = withSection.body(section);
    if (body.end() > body.start()) {
      return withSection.replace(body, List.of(line));
    }
    return body.start() < section.end()
        ? withSection.insert(body.start(), List.of(line, ""))
        : withSection.insert(withSection.contentEnd(section), List.of(line));
  }

  /// Keeps a text from being read as the start of a heading, fence, comment or row.
  private static String harmless(String line) {
    boolean isStructure =
        line.startsWith("#")
            || line.startsWith("```")
            || line.startsWith("~~~")
            || line.startsWith("<!--")
            || PlanLines.isRow(line);
    return isStructure ? "\\" + line : line;
  }

  private static PlanDocument withSection(PlanDocument document, String name) {
    if (document.section(name).isPresent()) {
      return document;
    }
    for (String later : ORDER.subList(ORDER.indexOf(name) + 1, ORDER.size())) {
      var section = document.section(later);
      if (section.isPresent()) {
        return document.insert(section.get().start(), List.of("## " + name, ""));
      }
    }
    int end = document.contentEnd(new Range(-1, document.size()));
    return document.insert(end, end == 0 ? List.of("## " + name) : List.of("", "## " + name));
  }
}
