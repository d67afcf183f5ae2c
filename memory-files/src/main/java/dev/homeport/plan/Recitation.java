package dev.homeport.plan;

import java.util.ArrayList;
import java.util.List;

/// The short form of a plan, the most important lines first, until there is no more room.
final class Recitation {
  private static final int LONGEST_LINE = 300;
  private static final int DECISIONS = 3;

  private final StringBuilder text = new StringBuilder();
  private final int limit;

  private Recitation(int limit) {
    this.limit = limit;
  }

  static String of(TaskPlan plan, int limit) {
    var recitation = new Recitation(limit);
    recitation.field("Task", plan.title());
    recitation.field("Goal", plan.goal());
    recitation.field("Next step", plan.next());
    recitation.phases(plan);
    recitation.list("Last decisions", decisions(plan));
    return recitation.text.toString();
  }

  private static List<String> decisions(TaskPlan plan) {
    List<Decision> all = plan.decisions();
    return all.subList(Math.max(0, all.size() - DECISIONS), all.size()).stream()
        .map(made -> made.decision() + (made.rationale().isEmpty() ? "" : ": " + made.rationale()))
        .toList();
  }

  private void phases(TaskPlan plan) {
    if (!plan.isPhaseStructured()) {
      line("Phases: none (not phase-structured)");
      return;
    }
    PlanCounts counts = plan.counts();
    // Not formatted: the digits must not depend on the locale of the process.
    line(
        "Progress: "
            + (counts.phasesComplete() + "/" + counts.phases() + " phases complete, ")
            + (counts.itemsDone() + "/" + counts.items() + " items checked"));
    plan.activePhase()
        .ifPresent(phase -> {
          line("Phase " + phase.number() + " (" + phase.status().label() + "): " + phase.title());
          list("Open items", openItems(phase));
        });
  }

  private static List<String> openItems(Phase phase) {
    var open = new ArrayList<String>();
    for (int i = 0; i < phase.items().size(); i++) {
      PlanItem item = phase.items().get(i);
      if (!item.done()) {
        open.add((i + 1) + ". " + item.text());
      }
    }
    return open;
  }

  private void field(String name, String value) {
    if (!value.isEmpty()) {
      line(name + ": " + value.replace('\n', ' '));
    }
  }

  private void list(String name, List<String> values) {
    if (values.isEmpty() || !line(name + ":")) {
      return;
    }
    for (int i = 0; i < values.size(); i++) {
      if (!line("- " + values.get(i))) {
        line("- … " + (values.size() - i) + " more");
        return;
      }
    }
  }

  private boolean line(String line) {
    String shown = line.length() > LONGEST_LINE ? line.substring(0, cut(line)) + "…" : line;
    if (text.length() + shown.length() + 1 > limit) {
      return false;
    }
    text.append(shown).append('\n');
    return true;
  }

  private static int cut(String line) {
    return Character.isHighSurrogate(line.charAt(LONGEST_LINE - 1))
        ? LONGEST_LINE - 1
        : LONGEST_LINE;
  }
}
