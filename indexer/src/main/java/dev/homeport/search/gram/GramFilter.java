package dev.homeport.search.gram;

import dev.homeport.search.regex.CompiledPattern;

/// What the trigrams of a text must be so that a pattern can match it.
///
/// @param query the condition; it holds for every text with a match
/// @param perFile whether it holds for files only, since matches may cross lines; else it holds for
///   each part of a file that consists of whole lines and has a match
public record GramFilter(TrigramQuery query, boolean perFile) {
  /// The filter of a pattern.
  public static GramFilter of(CompiledPattern pattern) {
    return new GramFilter(GramCompiler.compile(pattern.regex()), pattern.crossesLines());
  }

  /// Whether it says nothing, so that every file has to be searched.
  public boolean isOpen() {
    return query instanceof TrigramQuery.All;
  }
}
