package dev.homeport.search.tree;

import dev.homeport.search.tree.IgnoreRules.Judge;
import dev.homeport.search.tree.IgnoreRules.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which files of a tree a walk takes, by globs, file types, ignore files and hidden names.
///
/// The order of precedence is ripgrep's: a matching glob decides over ignore files, these over
/// types, and a file that any of them asks for is taken although it is hidden.
public final class TreeFilter {
  /// Takes every file that is neither ignored nor hidden.
  public static final TreeFilter DEFAULT =
      new TreeFilter(
          new Wish(List.of(), List.of(), false, false), IgnoreRules.NONE, IgnoreRules.NONE);

  /// What a caller asks for.
  private record Wish(
      List<String> globs, List<String> typeGlobs, boolean hidden, boolean ignored) {}

  private final Wish wish;
  private final IgnoreRules globs;
  private final IgnoreRules types;
  private final boolean hidden;
  private final boolean ignored;
  private final boolean selective;

  private TreeFilter(Wish wish, IgnoreRules globs, IgnoreRules types) {
    this.wish = wish;
    this.globs = globs;
    this.types = types;
    this.hidden = wish.hidden;
    this.ignored = wish.ignored;
    this.selective = globs.hasExclusions();
  }

  /// A filter for a caller's request.
  ///
  /// @param globs what to take; with a leading `!`, what to leave out; the last match decides
  /// @param typeGlobs the globs of the file types to take; none takes all
  /// @param hidden whether hidden files are taken
  /// @param ignored whether files that ignore files exclude are taken
  public static TreeFilter of(
      List<String> globs, List<String> typeGlobs, boolean hidden, boolean ignored)
      throws GlobSyntaxException {
    if (globs.isEmpty() && typeGlobs.isEmpty() && !hidden && !ignored) {
      return DEFAULT;
    }
    return new TreeFilter(
        new Wish(List.copyOf(globs), List.copyOf(typeGlobs), hidden, ignored),
        IgnoreRules.ofGlobs(globs, false),
        IgnoreRules.ofGlobs(typeGlobs, false));
  }

  /// Why an entry is taken or not.
  public enum Decision {
    /// It is taken; a directory is entered.
    TAKE,
    /// An ignore file excludes it.
    IGNORED,
    /// It is hidden.
    HIDDEN,
    /// The caller's globs or types do not ask for it.
    UNWANTED
  }

  /// Whether only ignore files and hidden names decide, so that paths do not matter.
  public boolean isPlain() {
    return globs.isEmpty() && types.isEmpty();
  }

  /// What becomes of an entry under a plain filter.
  public Decision decide(Verdict verdict, boolean isHidden) {
    if (!ignored && verdict == Verdict.IGNORE) {
      return Decision.IGNORED;
    }
    boolean isTaken = !isHidden || hidden || (!ignored && verdict == Verdict.WHITELIST);
    return isTaken ? Decision.TAKE : Decision.HIDDEN;
  }

  /// What becomes of an entry.
  ///
  /// @param path its path from the root
  public Decision decide(Judge rules, String path, String name, boolean isDirectory) {
    // In the rules of globs and types a plain entry is what to take, so IGNORE means a match.
    switch (globs.judge(path, isDirectory)) {
      case IGNORE -> {
        return Decision.TAKE;
      }
      case WHITELIST -> {
        return Decision.UNWANTED;
      }
      case NONE -> {
        if (selective && !isDirectory) {
          return Decision.UNWANTED;
        }
      }
    }
    boolean whitelisted = false;
    if (!ignored) {
      Verdict verdict = rules.judge(path, isDirectory);
      if (verdict == Verdict.IGNORE) {
        return Decision.IGNORED;
      }
      whitelisted = verdict == Verdict.WHITELIST;
    }
    if (!types.isEmpty() && !isDirectory) {
      if (types.judge(name, false) != Verdict.IGNORE) {
        return Decision.UNWANTED;
      }
      whitelisted = true;
    }
    return whitelisted || hidden || !name.startsWith(".") ? Decision.TAKE : Decision.HIDDEN;
  }

  /// Filters that were asked for in the same words are equal.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TreeFilter that && wish.equals(that.wish);
  }

  @Override
  public int hashCode() {
    return wish.hashCode();
  }
}
