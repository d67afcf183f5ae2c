package dev.homeport.memory.check;

import java.util.Arrays;
import java.util.stream.LongStream;

/// The phrases of a text as hashes: of all its runs of three words, the smallest ones.
///
/// Where a text has no more than [#MOST] different phrases, that is all of them, and comparisons
/// are exact; else they are estimates that are off by 2 % on average.
final class Sketch {
  /// The most phrases that are kept.
  static final int MOST = 512;

  private static final int WORDS = 3;
  private static final long FACTOR = 0x100000001b3L;

  private final long[] hashes;
  private final boolean isWhole;

  private Sketch(long[] hashes, boolean isWhole) {
    this.hashes = hashes;
    this.isWhole = isWhole;
  }

  static Sketch of(String text) {
    long[] words = words(text);
    int count = Math.max(0, words.length - WORDS + 1);
    long[] phrases = new long[count];
    for (int i = 0; i < count; i++) {
      phrases[i] = mix((words[i] * FACTOR + words[i + 1]) * FACTOR + words[i + 2]);
    }
    long[] distinct = Arrays.stream(phrases).sorted().distinct().toArray();
    return new Sketch(
        Arrays.copyOf(distinct, Math.min(MOST, distinct.length)), distinct.length <= MOST);
  }

  /// A hash of each word; letter case does not matter.
  private static long[] words(String text) {
    long[] words = new long[16];
    int count = 0;
    long hash = 0;
    for (int i = 0; i <= text.length(); i++) {
      char c = i < text.length() ? text.charAt(i) : ' ';
      if (Character.isLetterOrDigit(c) || Character.isSurrogate(c)) {
        hash = hash * FACTOR + Character.toLowerCase(c) + 1;
      } else if (hash != 0) {
        words = count == words.length ? Arrays.copyOf(words, 2 * count) : words;
        words[count++] = mix(hash);
        hash = 0;
      }
    }
    return Arrays.copyOf(words, count);
  }

  /// Spreads a number over all 64 bits.
  static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }

  /// The share of the phrases of both that they have in common, from 0 to 1.
  double similarity(Sketch other) {
    int most = isWhole && other.isWhole ? Integer.MAX_VALUE : MOST;
    int i = 0;
    int j = 0;
    int all = 0;
    int common = 0;
    while ((i < hashes.length || j < other.hashes.length) && all < most) {
      long mine = i < hashes.length ? hashes[i] : Long.MAX_VALUE;
      long theirs = j < other.hashes.length ? other.hashes[j] : Long.MAX_VALUE;
      i += mine <= theirs ? 1 : 0;
      j += theirs <= mine ? 1 : 0;
      common += mine == theirs ? 1 : 0;
      all++;
    }
    return all == 0 ? 0 : (double) common / all;
  }

  /// The hashes in ascending order, each once.
  LongStream hashes() {
    return Arrays.stream(hashes);
  }

  /// How many phrases are kept.
  int size() {
    return hashes.length;
  }
}
