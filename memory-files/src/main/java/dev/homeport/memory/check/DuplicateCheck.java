package dev.homeport.memory.check;

import dev.homeport.memory.check.MemoryProblem.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Compares the topic files with one another: what they say across all memories, their names within
/// each.
final class DuplicateCheck {
  private final Problems problems;

  DuplicateCheck(Problems problems) {
    this.problems = problems;
  }

  void check(List<CheckedFile> topics) {
    checkNames(topics);
    checkContents(topics);
  }

  private void checkNames(List<CheckedFile> topics) {
    Map<String, CheckedFile> names = new HashMap<>();
    Map<String, CheckedFile> paths = new HashMap<>();
    for (CheckedFile topic : topics) {
      String path = topic.shown().toLowerCase(Locale.ROOT);
      CheckedFile samePath = paths.putIfAbsent(path, topic);
      if (samePath != null) {
        tellName(topic, samePath, "its path differs only in letter case from ");
      }
      String name = String.join(" ", words(topic.name()));
      CheckedFile sameName =
          name.isEmpty() ? null : names.putIfAbsent(topic.tree().name() + "\t" + name, topic);
      if (sameName != null) {
        tellName(topic, sameName, "it has the same name as ");
      }
    }
  }

  private void tellName(CheckedFile topic, CheckedFile other, String what) {
    problems.add(
        Kind.DUPLICATE,
        topic.shown(),
        0,
        what + other.shown(),
        "merge them if they are about the same thing, else rename one");
  }

  private static List<String> words(String name) {
    return List.of(name.toLowerCase(Locale.ROOT).strip().split(" ")).stream()
        .filter(word -> !word.isEmpty())
        .toList();
  }

  private void checkContents(List<CheckedFile> topics) {
    Map<String, CheckedFile> bodies = new HashMap<>();
    List<CheckedFile> compared = new ArrayList<>();
    var near = new NearDuplicates();
    for (CheckedFile topic : topics) {
      CheckedFile same =
          topic.sha256().isEmpty() ? null : bodies.putIfAbsent(topic.sha256().get(), topic);
      if (same != null) {
        problems.add(
            Kind.DUPLICATE,
            topic.shown(),
            0,
            "it says the same as " + same.shown(),
            "keep one, remove the other and its line in the index");
      } else if (topic.sketch().isPresent()) {
        compared.add(topic);
        near.add(topic.sketch().get())
            .ifPresent(match -> tellNear(topic, compared.get(match.index()), match.similarity()));
      }
    }
  }

  private void tellNear(CheckedFile topic, CheckedFile other, double similarity) {
    problems.add(
        Kind.NEAR_DUPLICATE,
        topic.shown(),
        0,
        "it says nearly the same as %s: %d %% of their phrases are common"
            .formatted(other.shown(), (int) (100 * similarity)),
        "read both, merge what differs into one, remove the other and its line in the index");
  }
}
