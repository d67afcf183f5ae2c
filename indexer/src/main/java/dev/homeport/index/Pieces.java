package dev.homeport.index;

import java.util.ArrayList;
import java.util.List;

/// Pieces of text that are compared with a question by BM25, among one another.
///
/// How rare a word is, is told from the pieces themselves, which are those of the best passages:
/// what all of them have does not tell them apart. Confined to one thread.
final class Pieces {
  private final double k1;
  private final double b;
  private final float[] weights;
  private final int[] frequencies;
  private final List<int[]> words = new ArrayList<>();
  private final List<int[]> counts = new ArrayList<>();
  private final List<Integer> lengths = new ArrayList<>();
  private final int[] seen;
  private long total;

  /// No pieces yet.
  ///
  /// @param weights by number of the word
  /// @param k1 how slowly a repeated word stops counting
  /// @param b how much a long piece is held back, from 0 to 1
  Pieces(float[] weights, double k1, double b) {
    this.weights = weights.clone();
    this.k1 = k1;
    this.b = b;
    this.frequencies = new int[weights.length];
    this.seen = new int[weights.length];
  }

  /// Adds a piece of lines and returns its number.
  int add(List<TextLines.Line> lines) {
    int length = 0;
    int distinct = 0;
    for (TextLines.Line line : lines) {
      length += line.length();
      for (int word : line.words()) {
        if (seen[word]++ == 0) {
          distinct++;
        }
      }
    }
    var piece = new int[distinct];
    var often = new int[distinct];
    int at = 0;
    for (TextLines.Line line : lines) {
      for (int word : line.words()) {
        if (seen[word] > 0) {
          piece[at] = word;
          often[at++] = seen[word];
          frequencies[word]++;
          seen[word] = 0;
        }
      }
    }
    words.add(piece);
    counts.add(often);
    lengths.add(length);
    total += length;
    return words.size() - 1;
  }

  /// How much a word says, once all pieces are there.
  double weight(int word) {
    double with = frequencies[word];
    return weights[word] * Math.log1p((words.size() - with + 0.5) / (with + 0.5));
  }

  /// How well a piece fits the question, once all pieces are there.
  double score(int piece) {
    double average = Math.max(1.0, (double) total / words.size());
    double norm = k1 * (1 - b + b * lengths.get(piece) / average);
    double score = 0;
    int[] found = words.get(piece);
    int[] often = counts.get(piece);
    for (int i = 0; i < found.length; i++) {
      score += weight(found[i]) * often[i] / (often[i] + norm);
    }
    return score;
  }
}
