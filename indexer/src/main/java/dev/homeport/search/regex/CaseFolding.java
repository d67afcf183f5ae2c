package dev.homeport.search.regex;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Unicode simple case folding: which characters are the same but for case.
///
/// Classes of equal characters come from the case mappings of the JDK; `İ` and `ı`, which fold to
/// themselves in every locale but the Turkic ones, stay alone.
final class CaseFolding {
  private static final int DOTTED_CAPITAL_I = 0x130;
  private static final int DOTLESS_SMALL_I = 0x131;

  private CaseFolding() {}

  /// The set and everything that differs from a member by case alone.
  static CodePoints close(CodePoints set) {
    CodePoints cased = set.intersect(Variants.CASED);
    if (cased.isEmpty()) {
      return set;
    }
    var members = new TreeSet<Integer>();
    for (int i = 0; i < cased.rangeCount(); i++) {
      for (int c = cased.first(i); c <= cased.last(i); c++) {
        members.addAll(Variants.BY_FOLD.getOrDefault(fold(c), List.of()));
      }
    }
    var builder = new CodePoints.Builder();
    members.forEach(c -> builder.add(c, c));
    return set.union(builder.build());
  }

  /// The representative of all characters that differ by case alone.
  private static int fold(int codePoint) {
    if (codePoint == DOTTED_CAPITAL_I || codePoint == DOTLESS_SMALL_I) {
      return codePoint;
    }
    return Character.toLowerCase(Character.toUpperCase(codePoint));
  }

  /// Made on first use, since only case-insensitive patterns need it.
  private static final class Variants {
    static final Map<Integer, List<Integer>> BY_FOLD = new HashMap<>();
    static final CodePoints CASED;

    static {
      CodePoints moving = CodePoints.where(c -> fold(c) != c);
      for (int i = 0; i < moving.rangeCount(); i++) {
        for (int c = moving.first(i); c <= moving.last(i); c++) {
          int fold = fold(c);
          BY_FOLD.computeIfAbsent(fold, f -> new ArrayList<>(List.of(f))).add(c);
        }
      }
      CASED = moving.union(CodePoints.where(BY_FOLD::containsKey));
    }
  }
}
