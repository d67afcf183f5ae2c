package dev.homeport.search.trigram.build;

/// Finds the distinct trigrams of texts. Holds 2 MiB; confined to one thread.
final class GramScanner {
  private static final int NEWLINE = '\n';
  private static final int MASK = 0xFF_FFFF;

  /// One bit for each trigram; those with a newline count as seen from the start.
  private final long[] seen = new long[1 << 18];

  GramScanner() {
    for (int other = 0; other <= 0xFFFF; other++) {
      mark(NEWLINE << 16 | other);
      mark((other & 0xFF00) << 8 | NEWLINE << 8 | (other & 0xFF));
      mark(other << 8 | NEWLINE);
    }
  }

  private void mark(int gram) {
    seen[gram >>> 6] |= 1L << gram;
  }

  /// Writes the trigrams of a range to an array and returns where they end there.
  ///
  /// @param grams must have room for as many numbers as the range has bytes
  int scan(byte[] bytes, int from, int to, int[] grams, int start) {
    int size = start;
    int gram = NEWLINE << 8 | NEWLINE;
    for (int i = from; i < to; i++) {
      gram = (gram << 8 | (bytes[i] & 0xFF)) & MASK;
      long word = seen[gram >>> 6];
      long bit = 1L << gram;
      if ((word & bit) == 0) {
        seen[gram >>> 6] = word | bit;
        grams[size++] = gram;
      }
    }
    for (int i = start; i < size; i++) {
      seen[grams[i] >>> 6] &= ~(1L << grams[i]);
    }
    return size;
  }
}
