package dev.homeport.search.gram;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.homeport.search.regex.CodePoints;
import dev.homeport.search.regex.Regex;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Derives from a pattern the trigrams that every match has.
///
/// Works bottom-up, as Russ Cox described for Google Code Search ("Regular Expression Matching with
/// a Trigram Index", 2012): of each part it keeps all matches if they are few, else how matches can
/// begin and end, and a query that holds for any text around a match. Byte strings are kept as
/// Latin-1 strings, one character a byte. A trigram never holds a newline.
final class GramCompiler {
  /// The most characters of a class that are told apart.
  private static final int CLASS_LIMIT = 40;

  /// The most strings that are kept of a part whose matches are all known.
  private static final int EXACT_LIMIT = 64;

  /// The same where each of several strings meets each of several others: beyond it, as for letters
  /// in either case, a disjunction for each position says the same with fewer trigrams.
  private static final int PRODUCT_LIMIT = 8;

  /// The most strings that are kept of how matches begin or end.
  private static final int EDGE_LIMIT = 64;

  /// The longest string that is kept, in bytes; what is longer is known by its trigrams.
  private static final int LENGTH_LIMIT = 64;

  /// As many copies of a repeated part have all trigrams that more copies have.
  private static final int COPIES = 3;

  /// After so many queries of a sequence nothing is added to them: a text that meets them all has
  /// few like it.
  private static final int QUERY_LIMIT = 2_000;

  private static final Facts EMPTY = Facts.exact(Set.of(""));
  private static final Facts UNKNOWN =
      new Facts(false, Set.of(""), Set.of(""), new TrigramQuery.All());

  private GramCompiler() {}

  /// What is known of all matches of a part.
  ///
  /// @param isExact whether the prefixes, and the suffixes, are all the matches there are
  /// @param prefixes each match begins with one of these
  /// @param suffixes each match ends with one of these
  /// @param query holds for every text with a match; says nothing while `isExact`
  private record Facts(
      boolean isExact, Set<String> prefixes, Set<String> suffixes, TrigramQuery query) {
    static Facts exact(Set<String> matches) {
      return new Facts(true, matches, matches, new TrigramQuery.All());
    }

    TrigramQuery grams() {
      return isExact ? GramCompiler.grams(prefixes) : query;
    }

    int longest() {
      return prefixes.stream().mapToInt(String::length).max().orElse(0);
    }
  }

  static TrigramQuery compile(Regex regex) {
    return facts(regex).grams();
  }

  private static Facts facts(Regex regex) {
    return switch (regex) {
      case Regex.Empty(), Regex.Anchor _ -> EMPTY;
      case Regex.Chars(var set) -> chars(set);
      case Regex.Sequence(var parts) -> sequence(parts.stream().map(GramCompiler::facts).toList());
      case Regex.Choice(var branches) ->
          choice(branches.stream().map(GramCompiler::facts).toList());
      case Regex.Repeat repeat -> repeat(repeat);
    };
  }

  private static Facts chars(CodePoints set) {
    var members = new LinkedHashSet<String>();
    for (int i = 0; i < set.rangeCount(); i++) {
      if (set.last(i) - set.first(i) >= CLASS_LIMIT - members.size()) {
        return UNKNOWN;
      }
      for (int c = set.first(i); c <= set.last(i); c++) {
        members.add(new String(Character.toString(c).getBytes(UTF_8), ISO_8859_1));
      }
    }
    return Facts.exact(members);
  }

  private static Facts repeat(Regex.Repeat repeat) {
    if (repeat.max() == 0) {
      return EMPTY;
    }
    Facts body = facts(repeat.body());
    if (repeat.min() == 0) {
      return repeat.max() == 1 ? choice(List.of(body, EMPTY)) : UNKNOWN;
    }
    Facts all = sequence(Collections.nCopies(Math.min(repeat.min(), COPIES), body));
    boolean isComplete = repeat.max() == repeat.min() && repeat.max() <= COPIES;
    return isComplete
        ? all
        : new Facts(false, heads(all.prefixes()), tails(all.suffixes()), all.grams());
  }

  private static Facts choice(List<Facts> branches) {
    if (branches.stream().allMatch(Facts::isExact)) {
      var matches = new LinkedHashSet<String>();
      branches.forEach(branch -> matches.addAll(branch.prefixes()));
      if (matches.size() <= EXACT_LIMIT) {
        return Facts.exact(matches);
      }
    }
    var prefixes = new LinkedHashSet<String>();
    var suffixes = new LinkedHashSet<String>();
    var queries = new ArrayList<TrigramQuery>();
    for (Facts branch : branches) {
      prefixes.addAll(heads(branch.prefixes()));
      suffixes.addAll(tails(branch.suffixes()));
      queries.add(branch.grams());
    }
    return new Facts(false, heads(prefixes), tails(suffixes), TrigramQuery.or(queries));
  }

  private static Facts sequence(List<Facts> parts) {
    Facts all = EMPTY;
    var queries = new ArrayList<TrigramQuery>();
    for (Facts part : parts) {
      if (all.isExact() && part.isExact() && isSmallProduct(all, part)) {
        all = Facts.exact(product(all.prefixes(), part.prefixes()));
        continue;
      }
      if (queries.size() < QUERY_LIMIT) {
        queries.add(all.grams());
        queries.add(part.grams());
        queries.add(seam(all.suffixes(), part.prefixes()));
      }
      Set<String> prefixes =
          all.isExact() ? product(heads(all.prefixes()), heads(part.prefixes())) : all.prefixes();
      Set<String> suffixes =
          part.isExact() ? product(tails(all.suffixes()), tails(part.suffixes())) : part.suffixes();
      all = new Facts(false, heads(prefixes), tails(suffixes), new TrigramQuery.All());
    }
    return all.isExact()
        ? all
        : new Facts(false, all.prefixes(), all.suffixes(), TrigramQuery.and(queries));
  }

  private static boolean isSmallProduct(Facts first, Facts second) {
    int firsts = first.prefixes().size();
    int seconds = second.prefixes().size();
    int limit = Math.min(firsts, seconds) <= 1 ? EXACT_LIMIT : PRODUCT_LIMIT;
    return firsts * seconds <= limit && first.longest() + second.longest() <= LENGTH_LIMIT;
  }

  /// What the trigrams are where a part ends and the next one begins.
  private static TrigramQuery seam(Set<String> suffixes, Set<String> prefixes) {
    Set<String> before = tails(suffixes);
    Set<String> after = heads(prefixes);
    if (before.size() * after.size() <= EDGE_LIMIT) {
      return grams(product(before, after));
    }
    return TrigramQuery.and(
        List.of(narrowSeam(before, heads(after, 1)), narrowSeam(tails(before, 1), after)));
  }

  private static TrigramQuery narrowSeam(Set<String> before, Set<String> after) {
    return before.size() * after.size() <= EDGE_LIMIT
        ? grams(product(before, after))
        : new TrigramQuery.All();
  }

  private static Set<String> product(Set<String> firsts, Set<String> seconds) {
    var product = new LinkedHashSet<String>();
    for (String first : firsts) {
      for (String second : seconds) {
        product.add(first + second);
      }
    }
    return product;
  }

  /// The first bytes of strings: two of each, or as few as keep them within the limit.
  private static Set<String> heads(Set<String> strings) {
    Set<String> two = heads(strings, 2);
    return two.size() <= EDGE_LIMIT ? two : limited(heads(two, 1));
  }

  private static Set<String> tails(Set<String> strings) {
    Set<String> two = tails(strings, 2);
    return two.size() <= EDGE_LIMIT ? two : limited(tails(two, 1));
  }

  private static Set<String> limited(Set<String> strings) {
    return strings.size() <= EDGE_LIMIT ? strings : Set.of("");
  }

  private static Set<String> heads(Collection<String> strings, int length) {
    var heads = new LinkedHashSet<String>();
    strings.forEach(s -> heads.add(s.substring(0, Math.min(length, s.length()))));
    return heads;
  }

  private static Set<String> tails(Collection<String> strings, int length) {
    var tails = new LinkedHashSet<String>();
    strings.forEach(s -> tails.add(s.substring(Math.max(0, s.length() - length))));
    return tails;
  }

  /// What texts have that hold one of the strings.
  private static TrigramQuery grams(Set<String> strings) {
    return TrigramQuery.or(strings.stream().map(GramCompiler::grams).toList());
  }

  private static TrigramQuery grams(String string) {
    var grams = new ArrayList<TrigramQuery>();
    for (int i = 0; i + 3 <= string.length(); i++) {
      String gram = string.substring(i, i + 3);
      if (gram.indexOf('\n') < 0) {
        grams.add(
            new TrigramQuery.Gram(gram.charAt(0) << 16 | gram.charAt(1) << 8 | gram.charAt(2)));
      }
    }
    return TrigramQuery.and(grams);
  }
}
