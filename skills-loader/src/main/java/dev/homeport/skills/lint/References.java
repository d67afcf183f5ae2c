package dev.homeport.skills.lint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The files of its own that a skill's text speaks of: targets of Markdown links, and paths below
/// `scripts/`, `references/` and `assets/`. Code fences are left out of links, since they show
/// examples.
final class References {
  private static final List<String> DIRECTORIES = List.of("scripts/", "references/", "assets/");

  private References() {}

  /// The first line, from 1, on which each path stands.
  static Map<String, Integer> of(String body) {
    var found = new LinkedHashMap<String, Integer>();
    List<String> lines = body.lines().toList();
    boolean inCode = false;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.strip().startsWith("```") || line.strip().startsWith("~~~")) {
        inCode = !inCode;
        continue;
      }
      int number = i + 1;
      if (!inCode) {
        links(line).forEach(path -> found.putIfAbsent(path, number));
        quoted(line).forEach(path -> found.putIfAbsent(path, number));
      }
    }
    return found;
  }

  private static List<String> links(String line) {
    var links = new ArrayList<String>();
    for (int at = line.indexOf("]("); at >= 0; at = line.indexOf("](", at + 2)) {
      int end = line.indexOf(')', at);
      if (end < 0) {
        break;
      }
      String target = line.substring(at + 2, end).strip();
      int cut = firstOf(target, "#? ");
      String path = cut < 0 ? target : target.substring(0, cut);
      if (isPath(path)) {
        links.add(path.startsWith("./") ? path.substring(2) : path);
      }
    }
    return links;
  }

  /// Paths in single back quotes, only below the directories that skills bring along.
  private static List<String> quoted(String line) {
    var paths = new ArrayList<String>();
    String[] parts = line.split("`", -1);
    for (int i = 1; i < parts.length - 1; i += 2) {
      String path = parts[i].strip();
      boolean isOwn =
          DIRECTORIES.stream().anyMatch(path::startsWith)
              && firstOf(path, " <>{}*$[]|,…\"'()") < 0
              && path.lastIndexOf('.') > path.lastIndexOf('/');
      if (isOwn) {
        paths.add(path);
      }
    }
    return paths;
  }

  private static boolean isPath(String target) {
    return !target.isEmpty()
        && !target.startsWith("/")
        && !target.contains(":")
        && firstOf(target, "<>{}*$|\"'`\\") < 0
        && target.lastIndexOf('.') > target.lastIndexOf('/');
  }

  private static int firstOf(String text, String characters) {
    for (int i = 0; i < text.length(); i++) {
      if (characters.indexOf(text.charAt(i)) >= 0) {
        return i;
      }
    }
    return -1;
  }
}
