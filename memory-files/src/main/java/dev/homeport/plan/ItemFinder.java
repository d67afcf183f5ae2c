package dev.homeport.plan;

import dev.homeport.plan.PlanDocument.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Finds the one item that an agent means.
///
/// @param document where to look
/// @param phase the number of its phase, or null for all phases
/// @param item its number in the phase, its text, or a part of it that no other item has
record ItemFinder(PlanDocument document, @Nullable Integer phase, String item) {
  /// The range of a phase.
  static Range phase(PlanDocument document, int number) throws RejectedChangeException {
    List<String> known = new ArrayList<>();
    List<Range> fitting = new ArrayList<>();
    for (Range range : document.phases()) {
      int found = number(document, range);
      if (found == number) {
        fitting.add(range);
      }
      known.add(String.valueOf(found));
    }
    if (fitting.size() == 1) {
      return fitting.getFirst();
    }
    if (fitting.size() > 1) {
      throw new RejectedChangeException(
          "There are "
              + fitting.size()
              + " phases with the number "
              + number
              + "; give each a number of its own with edit_file first.");
    }
    throw new RejectedChangeException(
        known.isEmpty()
            ? "The plan is not phase-structured: it has no '### Phase N: title'; add_phase makes"
                + " one."
            : "There is no phase %d; the plan has %s.".formatted(number, String.join(", ", known)));
  }

  private static int number(PlanDocument document, Range phase) {
    return PhaseHeading.parse(document.headingText(phase.start())).orElseThrow().number();
  }

  /// The line of the item.
  int line() throws RejectedChangeException {
    List<Integer> lines = candidates();
    if (phase != null && isNumber(item.strip())) {
      int index = Integer.parseInt(item.strip());
      if (index >= 1 && index <= lines.size()) {
        return lines.get(index - 1);
      }
      throw notFound(lines, "has no number " + index);
    }
    String wanted = item.strip().toLowerCase(Locale.ROOT);
    List<Integer> exact = lines.stream().filter(line -> text(line).equals(wanted)).toList();
    List<Integer> found =
        exact.isEmpty() && !wanted.isEmpty()
            ? lines.stream().filter(line -> text(line).contains(wanted)).toList()
            : exact;
    if (found.size() == 1) {
      return found.getFirst();
    }
    throw found.isEmpty()
        ? notFound(lines, "has no item '" + item + "'")
        : notFound(found, "has more than one item that fits '" + item + "'");
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty() && text.length() < 6 && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private List<Integer> candidates() throws RejectedChangeException {
    List<Range> phases = phase == null ? document.phases() : List.of(phase(document, phase));
    return phases.stream()
        .flatMap(range -> PlanReader.itemLines(document, range).stream())
        .toList();
  }

  private String text(int line) {
    return PlanLines.item(document.content(line)).text().toLowerCase(Locale.ROOT);
  }

  private RejectedChangeException notFound(List<Integer> lines, String problem) {
    String items =
        lines.stream()
            .limit(20)
            .map(line -> "\n- " + PlanLines.item(document.content(line)).text())
            .collect(Collectors.joining());
    String where = phase == null ? "The plan " : "Phase " + phase + " ";
    return new RejectedChangeException(
        where
            + problem
            + (items.isEmpty() ? "." : "; give the whole text of one of these:" + items));
  }
}
