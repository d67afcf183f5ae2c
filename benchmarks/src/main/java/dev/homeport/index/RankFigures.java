package dev.homeport.index;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/// How good answers are, as means over questions.
///
/// `accuracy` counts a question whose places are all among the first answers; `recall` is the share
/// of its places among them.
final class RankFigures {
  /// The head of the table that [#row] belongs to.
  static final String HEAD =
      """
      | ranking | questions | Acc@1 | Acc@10 | MRR | recall@5 | recall@10 | nDCG@10 |
      |---|---|---|---|---|---|---|---|\
      """;

  private int questions;
  private double accuracy1;
  private double accuracy10;
  private double reciprocal;
  private double recall5;
  private double recall10;
  private double gain;

  /// Counts one question.
  void add(List<String> answers, Set<String> relevant) {
    questions++;
    accuracy1 += found(answers, relevant, 1) == relevant.size() ? 1 : 0;
    accuracy10 += found(answers, relevant, 10) == relevant.size() ? 1 : 0;
    for (int i = 0; i < answers.size(); i++) {
      if (relevant.contains(answers.get(i))) {
        reciprocal += 1.0 / (i + 1);
        break;
      }
    }
    recall5 += (double) found(answers, relevant, 5) / relevant.size();
    recall10 += (double) found(answers, relevant, 10) / relevant.size();
    gain += gain(answers, relevant);
  }

  private static long found(List<String> answers, Set<String> relevant, int first) {
    return answers.stream().limit(first).filter(relevant::contains).count();
  }

  private static double gain(List<String> answers, Set<String> relevant) {
    double gain = 0;
    double ideal = 0;
    for (int i = 0; i < 10; i++) {
      double discounted = Math.log(2) / Math.log(i + 2.0);
      gain += i < answers.size() && relevant.contains(answers.get(i)) ? discounted : 0;
      ideal += i < relevant.size() ? discounted : 0;
    }
    return gain / ideal;
  }

  double reciprocalRank() {
    return reciprocal / questions;
  }

  double recall(int first) {
    return switch (first) {
      case 5 -> recall5 / questions;
      case 10 -> recall10 / questions;
      default -> throw new IllegalArgumentException("recall is kept at 5 and 10, not " + first);
    };
  }

  double accuracy(int first) {
    return switch (first) {
      case 1 -> accuracy1 / questions;
      case 10 -> accuracy10 / questions;
      default -> throw new IllegalArgumentException("accuracy is kept at 1 and 10, not " + first);
    };
  }

  /// A row of the table in Markdown.
  String row(String name) {
    return String.format(
        Locale.ROOT,
        "| %s | %d | %.3f | %.3f | %.3f | %.3f | %.3f | %.3f |",
        name,
        questions,
        accuracy(1),
        accuracy(10),
        reciprocalRank(),
        recall(5),
        recall(10),
        gain / questions);
  }
}
