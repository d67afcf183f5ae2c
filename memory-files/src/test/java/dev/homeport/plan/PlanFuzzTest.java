package dev.homeport.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.homeport.fuzz.FuzzInput;
import dev.homeport.plan.PlanChange.AddItem;
import dev.homeport.plan.PlanChange.AddPhase;
import dev.homeport.plan.PlanChange.Check;
import dev.homeport.plan.PlanChange.Decide;
import dev.homeport.plan.PlanChange.LogError;
import dev.homeport.plan.PlanChange.SetGoal;
import dev.homeport.plan.PlanChange.SetNext;
import dev.homeport.plan.PlanChange.SetStatus;
import dev.homeport.plan.PlanChange.Uncheck;
import dev.homeport.text.Utf8;
import java.util.stream.Stream;

/// Any text as a plan, and changes of it one after the other.
class PlanFuzzTest {
  @FuzzTest
  void plan(byte[] input) {
    PlanScript script = PlanScript.parse(FuzzInput.text(input));
    // A plan is read from a file, and no file holds half of a surrogate pair.
    String text = new String(script.plan().getBytes(UTF_8), UTF_8);
    verify(text);
    for (PlanChange change : script.changes()) {
      text = changed(text, change);
      verify(text);
    }
  }

  private static void verify(String text) {
    var document = new PlanDocument(text);
    TaskPlan plan = TaskPlan.parse(text);

    assertThat(document.text()).isEqualTo(text);
    assertThat(new String(text.getBytes(UTF_8), UTF_8)).isEqualTo(text);
    assertThat(document.isClosed()).isEqualTo(PlanModel.isClosed(text));
    assertThat(plan.counts()).isEqualTo(PlanModel.counts(text));
    assertThat(plan.recite(25)).hasSizeLessThanOrEqualTo(100);
    assertThat(plan.recite(1_000)).isEqualTo(TaskPlan.parse(text).recite(1_000));
  }

  private static String changed(String text, PlanChange change) {
    String after;
    try {
      after = PlanEditor.apply(new PlanDocument(text), change).text();
    } catch (RejectedChangeException e) {
      assertThat(e.getMessage()).isNotBlank();
      assertThat(mustWork(text, change)).as("refused: %s", e.getMessage()).isFalse();
      return text;
    }
    if (!new String(after.getBytes(UTF_8), UTF_8).equals(after)) {
      assertThatIllegalArgumentException().isThrownBy(() -> Utf8.encode(after));
      assertThat(mustWork(text, change)).isFalse();
      return text;
    }
    PlanEffect.between(text, after).verify(change);
    return after;
  }

  /// Whether there is no reason to refuse a change.
  private static boolean mustWork(String text, PlanChange change) {
    TaskPlan plan = TaskPlan.parse(text);
    boolean isClosed = PlanModel.isClosed(text);
    return switch (change) {
      case SetStatus(var phase, _) -> has(plan, phase) && !PlanModel.isOpenIndented(text);
      case AddItem(var phase, var item) ->
          has(plan, phase) && arePlain(item) && !PlanModel.isOpenIndented(text);
      case Check(var phase, var item) -> phase != null && hasItem(plan, phase, item);
      case Uncheck(var phase, var item) -> phase != null && hasItem(plan, phase, item);
      case SetNext(var next) -> isClosed && arePlain(next);
      case SetGoal(var goal) -> isClosed && arePlain(goal);
      case Decide(var decision, var rationale) -> isClosed && arePlain(decision, rationale);
      case LogError(var error, var resolution) -> isClosed && arePlain(error, resolution);
      case AddPhase(var title, var items) ->
          isClosed
              && arePlain(title)
              && items.stream().allMatch(PlanFuzzTest::arePlain)
              && plan.phases().stream().allMatch(phase -> phase.number() < 999_999);
    };
  }

  /// Whether there is a phase with a number, and no second one with which it may be mixed up.
  private static boolean has(TaskPlan plan, int number) {
    return plan.phases().stream().filter(phase -> phase.number() == number).count() == 1;
  }

  private static boolean hasItem(TaskPlan plan, int number, String item) {
    boolean isDigit = item.length() == 1 && "123456789".contains(item);
    return isDigit
        && has(plan, number)
        && plan.phases().stream()
            .filter(phase -> phase.number() == number)
            .allMatch(phase -> Integer.parseInt(item) <= phase.items().size());
  }

  /// Whether the texts are short and have letters or digits of ASCII, spaces and dots alone.
  private static boolean arePlain(String... texts) {
    return Stream.of(texts)
        .allMatch(text ->
            !text.isBlank()
                && text.length() <= 2_000
                && text.chars()
                    .allMatch(
                        c -> c == ' ' || c == '.' || (c < 128 && Character.isLetterOrDigit(c))));
  }
}
