package dev.homeport.search.regex;

import java.util.List;
import java.util.Set;

/// A parsed pattern; groups and their names are gone, since only whole matches count.
public sealed interface Regex {
  /// Repetition without an upper bound.
  int UNBOUNDED = -1;

  /// The anchors at ends of lines and of the text.
  Set<Position> LINE_ANCHORS =
      Set.of(Position.LINE_START, Position.LINE_END, Position.TEXT_START, Position.TEXT_END);

  /// Matches the empty string.
  record Empty() implements Regex {}

  /// Matches one character of a set.
  record Chars(CodePoints set) implements Regex {}

  /// Matches its parts one after the other.
  record Sequence(List<Regex> parts) implements Regex {
    public Sequence {
      parts = List.copyOf(parts);
    }
  }

  /// Matches one of its branches, the first that leads to a match.
  record Choice(List<Regex> branches) implements Regex {
    public Choice {
      branches = List.copyOf(branches);
    }
  }

  /// Matches its body `min` to `max` times.
  record Repeat(Regex body, int min, int max, boolean greedy) implements Regex {}

  /// Matches a position.
  record Anchor(Position position) implements Regex {}

  /// Positions that an anchor can ask for.
  enum Position {
    /// Start of a line.
    LINE_START,
    /// End of a line.
    LINE_END,
    /// Start of the whole text.
    TEXT_START,
    /// End of the whole text.
    TEXT_END,
    /// Between a word character and another.
    WORD_BOUNDARY,
    /// Anywhere but at a word boundary.
    NO_WORD_BOUNDARY,
    /// As `WORD_BOUNDARY`, for ASCII words.
    ASCII_WORD_BOUNDARY,
    /// As `NO_WORD_BOUNDARY`, for ASCII words.
    ASCII_NO_WORD_BOUNDARY
  }

  /// Whether it can match without a character.
  default boolean matchesNothing() {
    return switch (this) {
      case Empty() -> true;
      case Anchor(_) -> true;
      case Chars(_) -> false;
      case Sequence(var parts) -> parts.stream().allMatch(Regex::matchesNothing);
      case Choice(var branches) -> branches.stream().anyMatch(Regex::matchesNothing);
      case Repeat(var body, var min, _, _) -> min == 0 || body.matchesNothing();
    };
  }

  /// How many characters and anchors it is made of once all repetitions are written as copies.
  default long places() {
    return switch (this) {
      case Empty(), Anchor(_), Chars(_) -> 1;
      case Sequence(var parts) -> parts.stream().mapToLong(Regex::places).sum();
      case Choice(var branches) -> branches.stream().mapToLong(Regex::places).sum();
      case Repeat(var body, var min, var max, _) ->
          Math.min(body.places() * Math.max(1, Math.max(min, max)), Integer.MAX_VALUE);
    };
  }

  /// Whether a match can hold a newline, or depends on where one is.
  default boolean concernsNewlines() {
    return switch (this) {
      case Empty() -> false;
      case Anchor(var position) -> LINE_ANCHORS.contains(position);
      case Chars(var set) -> set.contains('\n');
      case Sequence(var parts) -> parts.stream().anyMatch(Regex::concernsNewlines);
      case Choice(var branches) -> branches.stream().anyMatch(Regex::concernsNewlines);
      case Repeat(var body, _, var max, _) -> max != 0 && body.concernsNewlines();
    };
  }
}
