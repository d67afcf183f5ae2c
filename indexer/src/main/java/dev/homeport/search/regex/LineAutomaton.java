package dev.homeport.search.regex;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.CharacterRunAutomaton;
import org.apache.lucene.util.automaton.Operations;
import org.apache.lucene.util.automaton.TooComplexToDeterminizeException;

/// Tells in which lines of ASCII text a pattern matches, by one look-up a byte.
///
/// Knows neither where a match begins nor anchors; a pattern that needs many states has none.
/// Lucene makes the automaton, and this runs it over a table of its own. Immutable.
public final class LineAutomaton {
  private static final int ALPHABET = 128;
  private static final int ALPHABET_BITS = 7;

  /// More work than this is left to the engine that makes states as it goes.
  private static final int MOST_WORK = 20_000;

  /// So many states fit into the nearest cache.
  private static final int MOST_STATES = 256;

  /// The most copies of a repeated part.
  private static final int MOST_COPIES = 64;

  private static final int MATCHED = -1;

  /// For each state and character the next state, as the place of its row; or [#MATCHED].
  private final int[] table;

  private LineAutomaton(int[] table) {
    this.table = table;
  }

  /// The automaton of a pattern that matches no newline; empty if there is none that is small.
  static Optional<LineAutomaton> of(Regex regex) {
    try {
      Optional<Automaton> matches = automaton(regex);
      if (matches.isEmpty()) {
        return Optional.empty();
      }
      Automaton anywhere =
          Operations.concatenate(
              List.of(Operations.repeat(Automata.makeCharRange(0, ALPHABET - 1)), matches.get()));
      return table(Operations.determinize(anywhere, MOST_WORK));
    } catch (TooComplexToDeterminizeException e) {
      return Optional.empty();
    }
  }

  private static Optional<Automaton> automaton(Regex regex) {
    return switch (regex) {
      case Regex.Empty() -> Optional.of(Automata.makeEmptyString());
      case Regex.Anchor _ -> Optional.empty();
      case Regex.Chars(var set) -> Optional.of(chars(set.intersect(CodePoints.ASCII)));
      case Regex.Sequence(var parts) -> all(parts).map(Operations::concatenate);
      case Regex.Choice(var branches) -> all(branches).map(Operations::union);
      case Regex.Repeat repeat -> automaton(repeat.body()).flatMap(body -> repeat(body, repeat));
    };
  }

  private static Automaton chars(CodePoints set) {
    var ranges = new ArrayList<Automaton>();
    for (int i = 0; i < set.rangeCount(); i++) {
      ranges.add(Automata.makeCharRange(set.first(i), set.last(i)));
    }
    return ranges.isEmpty() ? Automata.makeEmpty() : Operations.union(ranges);
  }

  private static Optional<List<Automaton>> all(List<Regex> parts) {
    var all = new ArrayList<Automaton>();
    for (Regex part : parts) {
      Optional<Automaton> one = automaton(part);
      if (one.isEmpty()) {
        return Optional.empty();
      }
      all.add(one.get());
    }
    return Optional.of(all);
  }

  private static Optional<Automaton> repeat(Automaton body, Regex.Repeat repeat) {
    if (Math.max(repeat.min(), repeat.max()) > MOST_COPIES) {
      return Optional.empty();
    }
    if (Operations.isEmpty(body)) {
      // What is not ASCII; Lucene takes none of it for nothing at all.
      return Optional.of(repeat.min() == 0 ? Automata.makeEmptyString() : body);
    }
    return Optional.of(
        repeat.max() == Regex.UNBOUNDED
            ? Operations.repeat(body, repeat.min())
            : Operations.repeat(body, repeat.min(), repeat.max()));
  }

  private static Optional<LineAutomaton> table(Automaton anywhere) {
    if (anywhere.getNumStates() > MOST_STATES || anywhere.getNumStates() == 0) {
      return Optional.empty();
    }
    var run = new CharacterRunAutomaton(anywhere);
    // State 0 of a deterministic automaton is where it starts.
    if (run.isAccept(0)) {
      return Optional.empty(); // every line matches
    }
    int[] table = new int[run.getSize() * ALPHABET];
    for (int state = 0; state < run.getSize(); state++) {
      for (int c = 0; c < ALPHABET; c++) {
        int next = c == '\n' ? 0 : run.step(state, c);
        // None has a way out: any text may stand before a match.
        table[state << ALPHABET_BITS | c] = run.isAccept(next) ? MATCHED : next << ALPHABET_BITS;
      }
    }
    return Optional.of(new LineAutomaton(table));
  }

  /// An index in the first line that matches, or -1.
  ///
  /// @param from where a line begins
  /// @param to where a line ends; all bytes before it must be ASCII
  public int find(byte[] text, int from, int to) {
    int state = 0;
    for (int i = from; i < to; i++) {
      state = table[state | text[i]];
      if (state == MATCHED) {
        return i;
      }
    }
    return -1;
  }
}
