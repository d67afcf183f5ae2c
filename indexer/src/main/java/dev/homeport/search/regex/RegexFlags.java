package dev.homeport.search.regex;

import dev.homeport.search.regex.CompiledPattern.Option;
import java.util.Optional;
import java.util.Set;

/// The inline flags in force at a place of a pattern.
///
/// @param ignoreCase `i`: letters match in either case
/// @param multiLine `m`: `^` and `$` match at lines; on at the start
/// @param dotAll `s`: `.` matches newlines too
/// @param lazy `U`: `*` is lazy and `*?` greedy
/// @param verbose `x`: white space and comments are left out
/// @param unicode `u`: classes and folding are those of Unicode; on at the start
record RegexFlags(
    boolean ignoreCase,
    boolean multiLine,
    boolean dotAll,
    boolean lazy,
    boolean verbose,
    boolean unicode) {
  static RegexFlags initial(Set<Option> options) {
    return new RegexFlags(
        options.contains(Option.IGNORE_CASE),
        true,
        options.contains(Option.DOT_ALL),
        false,
        false,
        true);
  }

  /// These flags with one changed, or empty if there is no such flag.
  Optional<RegexFlags> with(int flag, boolean on) {
    return switch (flag) {
      case 'i' -> Optional.of(new RegexFlags(on, multiLine, dotAll, lazy, verbose, unicode));
      case 'm' -> Optional.of(new RegexFlags(ignoreCase, on, dotAll, lazy, verbose, unicode));
      case 's' -> Optional.of(new RegexFlags(ignoreCase, multiLine, on, lazy, verbose, unicode));
      case 'U' -> Optional.of(new RegexFlags(ignoreCase, multiLine, dotAll, on, verbose, unicode));
      case 'x' -> Optional.of(new RegexFlags(ignoreCase, multiLine, dotAll, lazy, on, unicode));
      case 'u' -> Optional.of(new RegexFlags(ignoreCase, multiLine, dotAll, lazy, verbose, on));
      default -> Optional.empty();
    };
  }

  /// The set, with what differs by case alone if case does not count.
  CodePoints folded(CodePoints set) {
    if (!ignoreCase) {
      return set;
    }
    CodePoints closed = CaseFolding.close(set);
    return unicode ? closed : set.union(closed.intersect(CodePoints.ASCII));
  }
}
