package dev.homeport.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.plan.PlanChange.AddItem;
import dev.homeport.plan.PlanChange.AddPhase;
import dev.homeport.plan.PlanChange.Check;
import dev.homeport.plan.PlanChange.Decide;
import dev.homeport.plan.PlanChange.LogError;
import dev.homeport.plan.PlanChange.SetGoal;
import dev.homeport.plan.PlanChange.SetNext;
import dev.homeport.plan.PlanChange.SetStatus;
import dev.homeport.plan.PlanChange.Uncheck;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What a change may do to a plan: its effect is there when the plan is read again, everything else
/// that the plan says is the same, and only the lines that it is about differ.
///
/// @param before the plan that was
/// @param diff how the texts differ
/// @param after the plan that is
record PlanEffect(TaskPlan before, LineDiff diff, TaskPlan after) {
  static PlanEffect between(String before, String after) {
    return new PlanEffect(
        TaskPlan.parse(before), LineDiff.of(before, after), TaskPlan.parse(after));
  }

  void verify(PlanChange change) {
    switch (change) {
      case AddPhase(var title, var items) -> verifyAddPhase(line(title), items);
      case AddItem(var phase, var text) -> verifyAddItem(phase, line(text));
      case SetStatus(var phase, var status) -> verifySetStatus(phase, status);
      case Check _ -> verifyMark(true);
      case Uncheck _ -> verifyMark(false);
      case Decide(var decision, var rationale) -> {
        assertOnlyAdds(5);
        var made = new Decision(line(decision), line(rationale));
        assertSays(
            with(
                before.goal(),
                before.next(),
                before.phases(),
                added(before.decisions(), made),
                before.errors()));
      }
      case LogError(var error, var resolution) -> {
        assertOnlyAdds(5);
        assertSays(
            with(
                before.goal(),
                before.next(),
                before.phases(),
                before.decisions(),
                added(before.errors(), logged(line(error), line(resolution)))));
      }
      case SetNext(var text) -> {
        assertReplaces(before.next());
        assertSays(
            with(before.goal(), shown(text), before.phases(), before.decisions(), before.errors()));
      }
      case SetGoal(var text) -> {
        assertReplaces(before.goal());
        assertSays(
            with(shown(text), before.next(), before.phases(), before.decisions(), before.errors()));
      }
    }
  }

  private void verifyAddPhase(String title, List<String> items) {
    assertOnlyAdds(items.size() + 5);
    int number = 1 + before.phases().stream().mapToInt(Phase::number).max().orElse(0);
    List<PlanItem> open = items.stream().map(item -> new PlanItem(line(item), false)).toList();
    assertSaysPhases(added(before.phases(), new Phase(number, title, PhaseStatus.PENDING, open)));
  }

  private void verifyAddItem(int number, String text) {
    assertOnlyAdds(1);
    assertThat(diff.following().isBlank() || !" \t".contains(diff.following().substring(0, 1)))
        .as("the line behind the new item belongs to the item before it")
        .isTrue();
    Phase old = phase(number);
    var phase =
        new Phase(number, old.title(), old.status(), added(old.items(), new PlanItem(text, false)));
    List<Phase> actual = after.phases();
    // A phase without a status line is as far as its items say.
    int index = before.phases().indexOf(old);
    assertSaysPhases(
        replaced(old, new Phase(number, phase.title(), actual.get(index).status(), phase.items())));
  }

  private void verifySetStatus(int number, PhaseStatus status) {
    if (diff.removed().isEmpty()) {
      assertThat(diff.added()).hasSizeLessThanOrEqualTo(1);
    } else {
      // A status can stand both in the heading and on a line of its own.
      assertThat(diff.added()).hasSameSizeAs(diff.removed());
      boolean isHeading = diff.removed().getFirst().startsWith("###");
      assertThat(diff.changes()).isLessThanOrEqualTo(isHeading ? 2 : 1);
    }
    Phase old = phase(number);
    assertSaysPhases(replaced(old, new Phase(number, old.title(), status, old.items())));
  }

  private void verifyMark(boolean done) {
    assertThat(diff.added()).hasSameSizeAs(diff.removed()).hasSizeLessThanOrEqualTo(1);
    assertThat(after.phases()).hasSameSizeAs(before.phases());
    int changed = 0;
    for (int i = 0; i < before.phases().size(); i++) {
      Phase old = before.phases().get(i);
      Phase now = after.phases().get(i);
      assertThat(now.items()).hasSameSizeAs(old.items());
      for (int j = 0; j < old.items().size(); j++) {
        if (!now.items().get(j).equals(old.items().get(j))) {
          assertThat(now.items().get(j)).isEqualTo(new PlanItem(old.items().get(j).text(), done));
          changed++;
        }
      }
      assertThat(now).isEqualTo(new Phase(old.number(), old.title(), now.status(), now.items()));
    }
    assertThat(changed).isEqualTo(diff.added().size());
    assertSaysPhases(after.phases());
  }

  private Phase phase(int number) {
    return before.phases().stream()
        .filter(phase -> phase.number() == number)
        .findFirst()
        .orElseThrow();
  }

  private List<Phase> replaced(Phase old, Phase replacement) {
    var phases = new ArrayList<>(before.phases());
    phases.set(phases.indexOf(old), replacement);
    return phases;
  }

  private LoggedError logged(String error, String resolution) {
    long earlier = before.errors().stream().filter(e -> e.error().equalsIgnoreCase(error)).count();
    return new LoggedError(error, String.valueOf(earlier + 1), resolution);
  }

  private static <T> List<T> added(List<T> list, T element) {
    return Stream.concat(list.stream(), Stream.of(element)).toList();
  }

  private TaskPlan with(
      String goal,
      String next,
      List<Phase> phases,
      List<Decision> decisions,
      List<LoggedError> errors) {
    return new TaskPlan(before.title(), goal, next, phases, decisions, errors);
  }

  private void assertSaysPhases(List<Phase> phases) {
    assertSays(with(before.goal(), before.next(), phases, before.decisions(), before.errors()));
  }

  private void assertSays(TaskPlan expected) {
    assertThat(after).isEqualTo(expected);
  }

  private void assertOnlyAdds(int most) {
    assertThat(diff.removed()).isEmpty();
    assertThat(diff.added()).isNotEmpty().hasSizeLessThanOrEqualTo(most);
  }

  /// A text is replaced by one line; only its own lines, and blank ones among them, may go.
  private void assertReplaces(String old) {
    assertThat(diff.added()).hasSizeLessThanOrEqualTo(3);
    List<String> own = Stream.of(old.split("\n", -1)).map(String::strip).toList();
    assertThat(diff.removed()).allMatch(line -> own.contains(line.strip()));
  }

  /// A text as a plan shows it: what would be read as structure is escaped.
  private static String shown(String text) {
    String line = line(text);
    return Stream.of("#", "```", "~~~", "<!--", "|").anyMatch(line::startsWith)
        ? "\\" + line
        : line;
  }

  /// The words of a text with single spaces between them.
  static String line(String text) {
    var line = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean isSpace = Character.isWhitespace(c);
      if (!isSpace || (!line.isEmpty() && line.charAt(line.length() - 1) != ' ')) {
        line.append(isSpace ? ' ' : c);
      }
    }
    return line.toString().stripTrailing();
  }
}
