package dev.homeport.search.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Finds and counts bytes, eight at a time.
public final class ByteScan {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;

  private ByteScan() {}

  /// The first index of a byte in a range, or -1.
  public static int indexOf(byte[] bytes, byte wanted, int from, int to) {
    long pattern = ONES * (wanted & 0xFF);
    int i = from;
    for (; i <= to - 8; i += 8) {
      long x = (long) LONG.get(bytes, i) ^ pattern;
      long zeros = (x - ONES) & ~x & HIGHS;
      if (zeros != 0) {
        return i + Long.numberOfTrailingZeros(zeros) / 8;
      }
    }
    for (; i < to; i++) {
      if (bytes[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  /// How often a byte occurs in a range.
  public static int count(byte[] bytes, byte wanted, int from, int to) {
    long pattern = ONES * (wanted & 0xFF);
    int count = 0;
    int i = from;
    for (; i <= to - 8; i += 8) {
      long x = (long) LONG.get(bytes, i) ^ pattern;
      // Exact per byte, unlike the test for any zero: the sum cannot carry into a neighbour.
      long others = ((x & ~HIGHS) + ~HIGHS) | x;
      count += Long.bitCount(~others & HIGHS);
    }
    for (; i < to; i++) {
      count += bytes[i] == wanted ? 1 : 0;
    }
    return count;
  }

  /// The start of the line that holds an index, not before `from`.
  public static int lineStart(byte[] bytes, int from, int index) {
    int i = index;
    while (i > from && bytes[i - 1] != '\n') {
      i--;
    }
    return i;
  }

  /// The end of the line that holds an index: after its newline, or `to`.
  public static int lineEnd(byte[] bytes, int index, int to) {
    int newline = indexOf(bytes, (byte) '\n', index, to);
    return newline < 0 ? to : newline + 1;
  }

  /// The start of the last `lines` lines before the start of a line, not before `from`.
  public static int preceding(byte[] bytes, int from, int lineStart, int lines) {
    int start = lineStart;
    for (int i = 0; i < lines && start > from; i++) {
      start = lineStart(bytes, from, start - 1);
    }
    return start;
  }
}
