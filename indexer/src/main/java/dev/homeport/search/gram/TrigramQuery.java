package dev.homeport.search.gram;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;

/// Which trigrams of bytes a text must have; a necessary condition, not a sufficient one.
///
/// Made by [#and] and [#or], which simplify and bound the size: parts of a conjunction are left out
/// and a disjunction gives way to [All] before a query grows beyond [#LIMIT].
public sealed interface TrigramQuery {
  /// About how many trigrams a query names at most.
  int LIMIT = 1_024;

  /// Says nothing: every text may match.
  record All() implements TrigramQuery {}

  /// No text can match.
  record None() implements TrigramQuery {}

  /// The text has a trigram.
  ///
  /// @param value its bytes, the first one highest
  record Gram(int value) implements TrigramQuery {}

  /// The text meets each of at least two parts.
  record And(List<TrigramQuery> parts) implements TrigramQuery {
    /// Copies the parts.
    public And {
      parts = List.copyOf(parts);
    }
  }

  /// The text meets one of at least two branches.
  record Or(List<TrigramQuery> branches) implements TrigramQuery {
    /// Copies the branches.
    public Or {
      branches = List.copyOf(branches);
    }
  }

  /// Whether a text with these trigrams meets the query.
  default boolean accepts(IntPredicate grams) {
    return switch (this) {
      case All() -> true;
      case None() -> false;
      case Gram(var value) -> grams.test(value);
      case And(var parts) -> parts.stream().allMatch(part -> part.accepts(grams));
      case Or(var branches) -> branches.stream().anyMatch(branch -> branch.accepts(grams));
    };
  }

  /// How many trigrams the query names, repetitions included.
  default int size() {
    return switch (this) {
      case All(), None() -> 0;
      case Gram _ -> 1;
      case And(var parts) -> parts.stream().mapToInt(TrigramQuery::size).sum();
      case Or(var branches) -> branches.stream().mapToInt(TrigramQuery::size).sum();
    };
  }

  /// What is met by texts that meet all of the parts.
  static TrigramQuery and(Collection<TrigramQuery> parts) {
    var kept = new LinkedHashSet<TrigramQuery>();
    int size = 0;
    for (TrigramQuery part : parts) {
      for (TrigramQuery conjunct : conjuncts(part)) {
        if (conjunct instanceof None) {
          return new None();
        }
        if (size < LIMIT && kept.add(conjunct)) {
          size += conjunct.size();
        }
      }
    }
    kept.removeIf(
        part -> part instanceof Or(var branches) && branches.stream().anyMatch(kept::contains));
    return switch (kept.size()) {
      case 0 -> new All();
      case 1 -> kept.getFirst();
      default -> new And(ordered(kept));
    };
  }

  /// What is met by texts that meet one of the branches.
  static TrigramQuery or(Collection<TrigramQuery> branches) {
    var kept = new LinkedHashSet<TrigramQuery>();
    int size = 0;
    for (TrigramQuery branch : branches) {
      for (TrigramQuery disjunct : branch instanceof Or(var inner) ? inner : List.of(branch)) {
        if (disjunct instanceof All) {
          return new All();
        }
        if (!(disjunct instanceof None) && kept.add(disjunct)) {
          size += disjunct.size();
        }
      }
    }
    kept.removeIf(
        branch -> branch instanceof And(var parts) && parts.stream().anyMatch(kept::contains));
    if (kept.size() < 2) {
      return kept.isEmpty() ? new None() : kept.getFirst();
    }
    return size > 2 * LIMIT ? new All() : factored(kept);
  }

  /// Takes what all branches have in common out of them.
  private static TrigramQuery factored(Set<TrigramQuery> branches) {
    var common = new LinkedHashSet<TrigramQuery>();
    boolean isFirst = true;
    for (TrigramQuery branch : branches) {
      if (isFirst) {
        common.addAll(conjuncts(branch));
      } else {
        common.retainAll(conjuncts(branch));
      }
      isFirst = false;
      if (common.isEmpty()) {
        return new Or(ordered(branches));
      }
    }
    var rests = new ArrayList<TrigramQuery>();
    for (TrigramQuery branch : branches) {
      var rest = new ArrayList<>(conjuncts(branch));
      rest.removeAll(common);
      rests.add(and(rest));
    }
    common.add(or(rests));
    return and(common);
  }

  private static List<TrigramQuery> conjuncts(TrigramQuery query) {
    return switch (query) {
      case All() -> List.of();
      case And(var parts) -> parts;
      case None(), Gram _, Or _ -> List.of(query);
    };
  }

  /// Trigrams by value, then the rest, so that equal sets are equal queries.
  private static List<TrigramQuery> ordered(Collection<TrigramQuery> queries) {
    return queries.stream()
        .sorted(
            Comparator.comparingInt(q -> q instanceof Gram(var value) ? value : Integer.MAX_VALUE))
        .toList();
  }
}
