package dev.homeport.server.skills;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the `argument-hint` of a skill says of words that can be typed as they stand, such as
/// `create`, `delete` and `--dry-run` in `create [name] | delete <name> [--dry-run]`.
///
/// Authors write hints as they like; what is understood is proposed, the rest is a place for any
/// word.
///
/// @param forms the ways to write the arguments, each with the choices at each place; no choices
///   where any word may stand
/// @param flags the options, each with the choices of its value
record ArgumentHint(List<List<List<String>>> forms, Map<String, List<String>> flags) {
  private static final String BRACKETS = "[]<>(){}";

  static ArgumentHint of(String hint) {
    var forms = new ArrayList<List<List<String>>>();
    var flags = new LinkedHashMap<String, List<String>>();
    List<String> alternatives = split(hint, '|');
    for (String alternative : alternatives) {
      var places = new ArrayList<List<String>>();
      String flag = "";
      for (String piece : split(alternative.replace("[--", " --"), ' ')) {
        String bare = bare(piece);
        boolean isFlag = bare.startsWith("--");
        if (isFlag) {
          flag = bare;
          flags.put(flag, List.of());
        } else if (!flag.isEmpty() && piece.endsWith("]") && !piece.startsWith("[")) {
          flags.put(flag, choices(bare));
        } else {
          boolean isWord = bare.equals(piece) && alternatives.size() > 1;
          places.add(isWord ? plain(List.of(bare)) : choices(bare));
        }
        flag = isFlag && !piece.endsWith("]") ? flag : "";
      }
      forms.add(List.copyOf(places));
    }
    return new ArgumentHint(List.copyOf(forms), flags);
  }

  /// The texts that may follow from what was typed, which they begin with.
  List<String> continuations(String typed) {
    int start = typed.lastIndexOf(' ') + 1;
    List<String> before =
        Arrays.stream(typed.substring(0, start).split(" ", -1))
            .filter(word -> !word.isEmpty())
            .toList();
    return next(before, typed.startsWith("-", start)).stream()
        .map(word -> typed.substring(0, start) + word)
        .toList();
  }

  private Set<String> next(List<String> before, boolean isFlag) {
    var next = new LinkedHashSet<String>();
    if (isFlag) {
      flags.keySet().stream().filter(flag -> !before.contains(flag)).forEach(next::add);
      return next;
    }
    if (!before.isEmpty() && flags.containsKey(before.getLast())) {
      return new LinkedHashSet<>(flags.getOrDefault(before.getLast(), List.of()));
    }
    List<String> words = before.stream().filter(word -> !word.startsWith("--")).toList();
    for (List<List<String>> form : forms) {
      if (words.size() < form.size() && allows(form, words)) {
        next.addAll(form.get(words.size()));
      }
    }
    return next;
  }

  private static boolean allows(List<List<String>> form, List<String> words) {
    for (int i = 0; i < words.size(); i++) {
      if (!form.get(i).isEmpty() && !form.get(i).contains(words.get(i))) {
        return false;
      }
    }
    return true;
  }

  /// The words of `a|b|c`, also after a label as in `action: a|b|c`.
  private static List<String> choices(String text) {
    List<String> all = List.of(text.substring(text.lastIndexOf(": ") + 1).strip().split("\\|", -1));
    return all.size() > 1 ? plain(all) : List.of();
  }

  /// The words if all of them are words.
  private static List<String> plain(List<String> words) {
    List<String> stripped = words.stream().map(String::strip).toList();
    boolean isPlain =
        stripped.stream()
            .allMatch(word ->
                !word.isEmpty()
                    && word.chars()
                        .allMatch(c -> Character.isLetterOrDigit(c) || "-_./:=".indexOf(c) >= 0));
    return isPlain ? stripped : List.of();
  }

  private static String bare(String piece) {
    int from = 0;
    int to = piece.length();
    while (from < to && BRACKETS.indexOf(piece.charAt(from)) >= 0) {
      from++;
    }
    while (to > from && BRACKETS.indexOf(piece.charAt(to - 1)) >= 0) {
      to--;
    }
    return piece.substring(from, to);
  }

  /// The parts of a text at a separator that stands outside of brackets; none is empty.
  private static List<String> split(String text, char separator) {
    var parts = new ArrayList<String>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      char c = i < text.length() ? text.charAt(i) : separator;
      int bracket = BRACKETS.indexOf(c);
      depth = Math.max(0, depth + (bracket < 0 ? 0 : bracket % 2 == 0 ? 1 : -1));
      if (i == text.length() || (c == separator && depth == 0)) {
        parts.add(text.substring(start, i).strip());
        start = i + 1;
      }
    }
    parts.removeIf(String::isEmpty);
    return parts;
  }
}
