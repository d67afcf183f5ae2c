package dev.homeport.search.regex;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A few byte strings of which every match of a pattern holds at least one, so that only lines with
/// one of them have to be looked at. Immutable.
///
/// They are kept as Latin-1 strings, one character a byte, since the search for a string in a
/// string is what the virtual machine does fastest. None holds a newline.
public final class Needles {
  private static final int MOST = 4;
  private static final int SHORTEST = 2;

  private final List<String> strings;
  private final boolean isExact;

  private Needles(List<String> strings, boolean isExact) {
    this.strings = List.copyOf(strings);
    this.isExact = isExact;
  }

  /// The rarest that can be told from the pattern; empty if there are none, or too many.
  static Optional<Needles> of(Regex regex) {
    Optional<Needles> all = exact(regex);
    return (all.isPresent() ? all : within(regex)).filter(Needles::isUseful);
  }

  /// Whether the needles are all that matches, and nothing else.
  public boolean isExact() {
    return isExact;
  }

  /// The places of the needles in a part of a text.
  public Cursor in(byte[] text, int from, int to) {
    return new Cursor(text, from, to);
  }

  private boolean isUseful() {
    return strings.size() <= MOST
        && strings.stream()
            .allMatch(string -> string.length() >= SHORTEST && string.indexOf('\n') < 0);
  }

  /// The strings that a pattern stands for, if it is no more than one of some strings.
  private static Optional<Needles> exact(Regex regex) {
    List<Regex> branches = regex instanceof Regex.Choice(var some) ? some : List.of(regex);
    var strings = new ArrayList<String>();
    for (Regex branch : branches) {
      List<Regex> parts = branch instanceof Regex.Sequence(var some) ? some : List.of(branch);
      var string = new StringBuilder();
      for (Regex part : parts) {
        if (!append(part, string)) {
          return Optional.empty();
        }
      }
      strings.add(string.toString());
    }
    return Optional.of(new Needles(strings, true));
  }

  /// Adds a character, if a part is one.
  private static boolean append(Regex part, StringBuilder string) {
    if (part instanceof Regex.Chars(var set)
        && set.rangeCount() == 1
        && set.first(0) == set.last(0)) {
      string.append(new String(Character.toString(set.first(0)).getBytes(UTF_8), ISO_8859_1));
      return true;
    }
    return false;
  }

  private static Optional<Needles> within(Regex regex) {
    return switch (regex) {
      case Regex.Empty() -> Optional.empty();
      case Regex.Anchor _ -> Optional.empty();
      case Regex.Chars _ -> sequence(List.of(regex));
      case Regex.Sequence(var parts) -> sequence(parts);
      case Regex.Choice(var branches) -> choice(branches);
      case Regex.Repeat(var body, var min, _, _) -> min > 0 ? within(body) : Optional.empty();
    };
  }

  private static Optional<Needles> choice(List<Regex> branches) {
    var strings = new ArrayList<String>();
    for (Regex branch : branches) {
      Optional<Needles> some = within(branch);
      if (some.isEmpty()) {
        return Optional.empty();
      }
      strings.addAll(some.get().strings);
    }
    return Optional.of(new Needles(strings, false)).filter(Needles::isUseful);
  }

  private static Optional<Needles> sequence(List<Regex> parts) {
    var found = new ArrayList<Needles>();
    var run = new StringBuilder();
    for (Regex part : parts) {
      if (part instanceof Regex.Anchor || append(part, run)) {
        continue;
      }
      end(run, found);
      if (!(part instanceof Regex.Chars)) {
        within(part).ifPresent(found::add);
      }
    }
    end(run, found);
    return found.stream().filter(Needles::isUseful).max(Comparator.comparingInt(Needles::rarity));
  }

  private static void end(StringBuilder run, List<Needles> found) {
    found.add(new Needles(List.of(run.toString()), false));
    run.setLength(0);
  }

  /// Grows with how seldom the most frequent of the strings may be.
  private int rarity() {
    return strings.stream().mapToInt(Needles::rarity).min().orElse(0) - strings.size();
  }

  private static int rarity(String string) {
    return string.chars().map(c -> c == ' ' ? 1 : c >= 'a' && c <= 'z' ? 2 : 4).sum();
  }

  /// Goes from needle to needle in one text. For one thread.
  public final class Cursor {
    private final String text;
    private final int offset;
    private final int[] next;

    private Cursor(byte[] bytes, int from, int to) {
      text = new String(bytes, from, to - from, ISO_8859_1);
      offset = from;
      next = new int[strings.size()];
      for (int i = 0; i < next.length; i++) {
        next[i] = text.indexOf(strings.get(i));
      }
    }

    /// The index of the first needle that begins at a position or behind it, or -1.
    ///
    /// @param position not before that of the last call
    public int from(int position) {
      int first = -1;
      for (int i = 0; i < next.length; i++) {
        if (next[i] >= 0 && next[i] < position - offset) {
          next[i] = text.indexOf(strings.get(i), position - offset);
        }
        if (next[i] >= 0 && (first < 0 || next[i] < first)) {
          first = next[i];
        }
      }
      return first < 0 ? -1 : first + offset;
    }
  }
}
