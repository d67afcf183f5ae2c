package dev.homeport.search;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// What a search found, in a form in which Homeport and ripgrep can be compared.
///
/// @param refused whether the pattern, a glob or a type was refused
/// @param files the lines of each file, in order: `12:text`, or `12-text` for context; for a count
///   the count; for a list of files an empty line
record FoundLines(boolean refused, SequencedMap<String, List<String>> files) {
  static final FoundLines REFUSED = new FoundLines(true, new LinkedHashMap<>());

  FoundLines {
    files = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(files));
  }

  static FoundLines of(GrepOutcome outcome, OutputMode mode) {
    return switch (outcome) {
      case GrepOutcome.BadPattern _, GrepOutcome.BadScope _ -> REFUSED;
      case GrepOutcome.Matches matches -> of(matches, mode);
      case GrepOutcome.TimedOut(var limit, _) ->
          throw new AssertionError("the search took more than " + limit);
    };
  }

  private static FoundLines of(GrepOutcome.Matches matches, OutputMode mode) {
    var files = new LinkedHashMap<String, List<String>>();
    for (FileMatches file : matches.files()) {
      files.put(file.path().toString(), lines(file, mode));
    }
    return new FoundLines(false, files);
  }

  private static List<String> lines(FileMatches file, OutputMode mode) {
    return switch (mode) {
      case FILES_WITH_MATCHES -> List.of("");
      case COUNT -> List.of(String.valueOf(file.count()));
      case CONTENT ->
          file.lines().stream()
              .map(line -> line.number() + (line.context() ? "-" : ":") + line.text())
              .toList();
    };
  }

  /// The lines of all files, each with its path.
  List<String> lines() {
    var all = new ArrayList<String>();
    files.forEach((path, lines) -> lines.forEach(line -> all.add(path + ":" + line)));
    return all;
  }

  /// Where this first differs from what is right, the order of files aside; empty if nowhere.
  String difference(FoundLines right) {
    if (refused != right.refused) {
      return refused ? "Homeport refuses, ripgrep does not" : "ripgrep refuses, Homeport does not";
    }
    for (Map.Entry<String, List<String>> file : right.files.entrySet()) {
      String difference = difference(files.getOrDefault(file.getKey(), List.of()), file.getValue());
      if (!difference.isEmpty()) {
        return file.getKey() + ", " + difference;
      }
    }
    return files.keySet().stream()
        .filter(path -> !right.files.containsKey(path))
        .findFirst()
        .map(path -> path + ", only Homeport: " + files.get(path))
        .orElse("");
  }

  private static String difference(List<String> ours, List<String> theirs) {
    for (int i = 0; i < Math.max(ours.size(), theirs.size()); i++) {
      String our = i < ours.size() ? ours.get(i) : "nothing";
      String their = i < theirs.size() ? theirs.get(i) : "nothing";
      if (!our.equals(their)) {
        return "line %d, Homeport: %s, ripgrep: %s".formatted(i, shown(our), shown(their));
      }
    }
    return "";
  }

  private static String shown(String line) {
    return line.length() <= 300 ? line : line.substring(0, 300) + "…";
  }
}
