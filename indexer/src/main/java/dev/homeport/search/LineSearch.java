package dev.homeport.search;

import dev.homeport.search.bytes.ByteScan;
import dev.homeport.search.regex.CompiledPattern;
import dev.homeport.search.regex.LineAutomaton;
import dev.homeport.search.regex.MatchCursor;
import dev.homeport.search.regex.Needles;
import dev.homeport.search.regex.RegexSyntaxException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds the lines of a text that match, in the quickest way that the pattern and the text allow:
/// by the strings that each match holds, by an automaton for ASCII, or by the engine for all. For
/// one thread.
final class LineSearch {
  private final CompiledPattern pattern;
  private final GrepRequest request;
  private final LineCollector lines;

  /// @param lines takes the lines that match
  LineSearch(CompiledPattern pattern, GrepRequest request, LineCollector lines) {
    this.pattern = pattern;
    this.request = request;
    this.lines = lines;
  }

  /// Searches a part of a window, or so much of it that it is enough.
  ///
  /// @param windowStart where the window begins, of which lines around a match are taken
  /// @param from where a line begins
  /// @param to where a line ends
  void search(byte[] bytes, int windowStart, int from, int to) throws RegexSyntaxException {
    var window = new Window(bytes, windowStart, from, to);
    Optional<Needles> needles = pattern.needles();
    Optional<LineAutomaton> automaton =
        needles.isPresent() ? Optional.empty() : pattern.lines(bytes, from, to);
    if (needles.isPresent()) {
      window.byNeedles(needles.get());
    } else if (automaton.isPresent()) {
      window.byAutomaton(automaton.get());
    } else {
      window.byEngine();
    }
  }

  /// A part of a text.
  private final class Window {
    private final byte[] bytes;
    private final int windowStart;
    private final int from;
    private final int to;
    private Optional<LineAutomaton> automaton = Optional.empty();
    private boolean isAutomatonKnown;
    private @Nullable MatchCursor engine;

    Window(byte[] bytes, int windowStart, int from, int to) {
      this.bytes = bytes;
      this.windowStart = windowStart;
      this.from = from;
      this.to = to;
    }

    void byNeedles(Needles needles) throws RegexSyntaxException {
      Needles.Cursor needle = needles.in(bytes, from, to);
      int position = from;
      for (int at = needle.from(position);
          at >= 0 && !lines.isEnough();
          at = needle.from(position)) {
        int start = ByteScan.lineStart(bytes, position, at);
        position = ByteScan.lineEnd(bytes, at, to);
        int match = needles.isExact() ? at : match(start, position);
        if (match >= 0) {
          lines.matched(bytes, windowStart, start, position, match);
        }
      }
    }

    void byAutomaton(LineAutomaton known) throws RegexSyntaxException {
      automaton = Optional.of(known);
      isAutomatonKnown = true;
      int position = from;
      while (position < to && !lines.isEnough()) {
        int found = known.find(bytes, position, to);
        if (found < 0) {
          return;
        }
        int start = ByteScan.lineStart(bytes, position, found);
        position = ByteScan.lineEnd(bytes, found, to);
        lines.matched(bytes, windowStart, start, position, exact(found, start, position));
      }
    }

    void byEngine() throws RegexSyntaxException {
      MatchCursor cursor = engine();
      int position = from;
      while (position < to && !lines.isEnough() && cursor.findFrom(position)) {
        int start = ByteScan.lineStart(bytes, position, cursor.start());
        if (start == to) {
          return;
        }
        position = ByteScan.lineEnd(bytes, cursor.start(), to);
        lines.matched(bytes, windowStart, start, position, cursor.start());
      }
    }

    /// An index in a match of a line, or -1.
    private int match(int start, int end) throws RegexSyntaxException {
      if (!isAutomatonKnown) {
        automaton = pattern.lines(bytes, from, to);
        isAutomatonKnown = true;
      }
      if (automaton.isEmpty()) {
        return engine().findIn(start, end) ? engine().start() : -1;
      }
      int found = automaton.get().find(bytes, start, end);
      return found < 0 ? -1 : exact(found, start, end);
    }

    /// The index of the first match of a line if that counts, as it does for a preview.
    private int exact(int found, int start, int end) throws RegexSyntaxException {
      return end - start > request.lineLimit() && engine().findIn(start, end)
          ? engine().start()
          : found;
    }

    private MatchCursor engine() throws RegexSyntaxException {
      MatchCursor known = engine;
      if (known == null) {
        known = pattern.search(bytes, from, to);
        engine = known;
      }
      return known;
    }
  }
}
