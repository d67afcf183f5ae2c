package dev.homeport.search.regex;

import java.util.Arrays;
import java.util.function.IntPredicate;

/// An immutable set of Unicode scalar values, kept as sorted ranges.
///
/// Surrogates are never members, so a malformed byte that was decoded to one matches no class.
public final class CodePoints {
  static final CodePoints NONE = new CodePoints(new int[0]);
  static final CodePoints ALL =
      new CodePoints(new int[] {0, 0xD7FF, 0xE000, Character.MAX_CODE_POINT});
  static final CodePoints ASCII = range(0, 0x7F);
  static final CodePoints NEWLINE = of('\n');

  /// First and last member of each range in turn; ranges neither overlap nor touch.
  private final int[] bounds;

  private CodePoints(int[] bounds) {
    this.bounds = bounds;
  }

  static CodePoints of(int codePoint) {
    return range(codePoint, codePoint);
  }

  static CodePoints range(int first, int last) {
    return new CodePoints(new int[] {first, last}).intersect(ALL);
  }

  /// All scalar values that a test accepts.
  static CodePoints where(IntPredicate test) {
    var builder = new Builder();
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      if (test.test(c)) {
        builder.add(c, c);
      }
    }
    return builder.build().intersect(ALL);
  }

  /// How many ranges there are.
  public int rangeCount() {
    return bounds.length / 2;
  }

  /// The first member of a range.
  public int first(int range) {
    return bounds[2 * range];
  }

  /// The last member of a range.
  public int last(int range) {
    return bounds[2 * range + 1];
  }

  boolean isEmpty() {
    return bounds.length == 0;
  }

  boolean isSingle() {
    return bounds.length == 2 && bounds[0] == bounds[1];
  }

  boolean contains(int codePoint) {
    int at = Arrays.binarySearch(bounds, codePoint);
    return at >= 0 || (-at - 1) % 2 == 1;
  }

  CodePoints union(CodePoints other) {
    int[] ours = bounds;
    int[] theirs = other.bounds;
    var builder = new Builder();
    int i = 0;
    int j = 0;
    while (i < ours.length || j < theirs.length) {
      if (j == theirs.length || (i < ours.length && ours[i] <= theirs[j])) {
        builder.add(ours[i], ours[i + 1]);
        i += 2;
      } else {
        builder.add(theirs[j], theirs[j + 1]);
        j += 2;
      }
    }
    return builder.build();
  }

  CodePoints intersect(CodePoints other) {
    var builder = new Builder();
    int i = 0;
    int j = 0;
    while (i < bounds.length && j < other.bounds.length) {
      int first = Math.max(bounds[i], other.bounds[j]);
      int last = Math.min(bounds[i + 1], other.bounds[j + 1]);
      if (first <= last) {
        builder.add(first, last);
      }
      if (bounds[i + 1] < other.bounds[j + 1]) {
        i += 2;
      } else {
        j += 2;
      }
    }
    return builder.build();
  }

  CodePoints complement() {
    var builder = new Builder();
    int next = 0;
    for (int i = 0; i < bounds.length; i += 2) {
      if (bounds[i] > next) {
        builder.add(next, bounds[i] - 1);
      }
      next = bounds[i + 1] + 1;
    }
    if (next <= Character.MAX_CODE_POINT) {
      builder.add(next, Character.MAX_CODE_POINT);
    }
    return builder.build().intersect(ALL);
  }

  CodePoints minus(CodePoints other) {
    return intersect(other.complement());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CodePoints that && Arrays.equals(bounds, that.bounds);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bounds);
  }

  @Override
  public String toString() {
    return Arrays.toString(bounds);
  }

  /// Collects ranges that come in order of their first member.
  static final class Builder {
    private int[] bounds = new int[16];
    private int size;

    void add(int first, int last) {
      if (size > 0 && first <= bounds[size - 1] + 1) {
        bounds[size - 1] = Math.max(bounds[size - 1], last);
        return;
      }
      if (size == bounds.length) {
        bounds = Arrays.copyOf(bounds, 2 * size);
      }
      bounds[size++] = first;
      bounds[size++] = last;
    }

    CodePoints build() {
      return new CodePoints(Arrays.copyOf(bounds, size));
    }
  }
}
