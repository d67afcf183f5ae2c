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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A plan and what is to be done with it, as a seed says it: one change a line, such as `check` tab
/// `2` tab `1`, then a line `====`, then the plan. Only the first letter of a change counts.
/// Without that line the whole text is a plan, and each kind of change is tried.
///
/// @param plan its text
/// @param changes in their order
record PlanScript(String plan, List<PlanChange> changes) {
  private static final String END = "\n====\n";
  private static final int MOST = 12;

  private static final List<PlanChange> EACH =
      List.of(
          new SetStatus(1, PhaseStatus.COMPLETE),
          new Check(1, "1"),
          new Uncheck(null, "a"),
          new AddItem(2, "one more"),
          new Decide("this", "because"),
          new LogError("it broke", ""),
          new SetNext("go on"),
          new SetGoal("done"),
          new AddPhase("Last", List.of("first", "second")));

  static PlanScript parse(String text) {
    int end = text.indexOf(END);
    if (end < 0) {
      return new PlanScript(text, EACH);
    }
    List<PlanChange> changes =
        text.substring(0, end).lines().limit(MOST).map(PlanScript::change).toList();
    return new PlanScript(text.substring(end + END.length()), changes);
  }

  private static PlanChange change(String line) {
    List<String> parts = new ArrayList<>(Arrays.asList(line.split("\t", -1)));
    char verb = parts.removeFirst().concat("p").charAt(0);
    String first = parts.isEmpty() ? "" : parts.getFirst();
    String second = parts.size() < 2 ? "" : parts.get(1);
    return switch (verb) {
      case 'i' -> new AddItem(number(first), second);
      case 's' ->
          new SetStatus(
              number(first), List.of(PhaseStatus.values()).get(Math.floorMod(number(second), 3)));
      case 'c' -> new Check(phase(first), second);
      case 'u' -> new Uncheck(phase(first), second);
      case 'd' -> new Decide(first, second);
      case 'e' -> new LogError(first, second);
      case 'n' -> new SetNext(first);
      case 'g' -> new SetGoal(first);
      default -> new AddPhase(first, parts.subList(Math.min(1, parts.size()), parts.size()));
    };
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return 1;
    }
  }

  private static @Nullable Integer phase(String text) {
    return text.isEmpty() ? null : number(text);
  }
}
