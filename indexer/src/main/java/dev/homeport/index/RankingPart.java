package dev.homeport.index;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/// The parts of the ranking beyond BM25 over bodies; measurements leave them out one by one.
enum RankingPart {
  /// Identifiers count in their parts too.
  SPLITTING,
  /// Words count by their stems, irregular forms by their base.
  STEMMING,
  /// The words of a question that say nothing are left out.
  QUESTION_WORDS,
  /// The words of the path count.
  PATH,
  /// The words of headings and definitions count.
  SYMBOLS,
  /// A word that a long question repeats weighs more.
  REPETITION,
  /// The words of the first line of a long question weigh more.
  TITLE,
  /// The best window of lines of a file of code counts.
  WINDOWS,
  /// What stands around a block of prose counts.
  NEIGHBOURS,
  /// A block whose speaker the question names counts more.
  LABELS,
  /// Files that the question names count more, and those that define what it names.
  MENTIONS,
  /// Files of tests count less.
  TESTS,
  /// The score of a test counts for what it tests.
  LINKS;

  /// What searches use.
  static final Set<RankingPart> ALL = Collections.unmodifiableSet(EnumSet.allOf(RankingPart.class));
}
