package dev.homeport.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The files and definitions that a question names exactly: `pkg/mod.py`, a line of a traceback,
/// `pkg.mod.function`, `function`.
final class Mentions {
  private static final int MIN_NAME = 4;
  private static final int MAX_PATHS = 64;

  private final Set<String> names = new HashSet<>();
  private final List<List<String>> paths = new ArrayList<>();
  private final List<List<String>> dotted = new ArrayList<>();

  /// Reads a question.
  Mentions(String query) {
    int start = 0;
    for (int i = 0; i <= query.length(); i++) {
      if (i == query.length() || !isPart(query.charAt(i))) {
        if (i > start) {
          add(strip(query.substring(start, i)));
        }
        start = i + 1;
      }
    }
    int name = 0;
    for (int i = 0; i <= query.length(); i++) {
      if (i == query.length() || !Definitions.isNamePart(query.charAt(i))) {
        addName(query.substring(name, i));
        name = i + 1;
      }
    }
  }

  private static boolean isPart(char c) {
    return Character.isLetterOrDigit(c) || "_./\\-".indexOf(c) >= 0;
  }

  private static String strip(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && ".-/\\".indexOf(text.charAt(start)) >= 0) {
      start++;
    }
    while (end > start && ".-/\\".indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return text.substring(start, end);
  }

  private void add(String text) {
    String path = text.replace('\\', '/');
    int dot = path.lastIndexOf('.');
    if (paths.size() + dotted.size() < MAX_PATHS) {
      if (path.indexOf('/') >= 0) {
        paths.add(List.of(path.split("/", -1)));
      } else if (dot > 0) {
        paths.add(List.of(path));
        dotted.add(List.of(path.split("\\.", -1)));
      }
    }
  }

  private void addName(String name) {
    if (name.length() >= MIN_NAME) {
      names.add(name);
    }
  }

  /// Whether the question has an identifier as it is defined.
  boolean name(String identifier) {
    return names.contains(identifier);
  }

  /// Whether the question names a file, by its path or the end of it, or as a module.
  boolean path(String path) {
    List<String> file = Arrays.asList(path.split("/", -1));
    if (paths.stream().anyMatch(mention -> endsAlike(file, mention))) {
      return true;
    }
    int dot = path.lastIndexOf('.');
    List<String> module = Arrays.asList((dot < 0 ? path : path.substring(0, dot)).split("/", -1));
    return dotted.stream().anyMatch(mention -> isModule(module, mention));
  }

  /// Whether one is the end of the other, or both end in the same directory and name.
  private static boolean endsAlike(List<String> file, List<String> mention) {
    int common = 0;
    int most = Math.min(file.size(), mention.size());
    while (common < most
        && file.get(file.size() - 1 - common).equals(mention.get(mention.size() - 1 - common))) {
      common++;
    }
    return common >= 2 || (common == 1 && most == 1);
  }

  private static boolean isModule(List<String> module, List<String> mention) {
    for (int length = mention.size(); length >= 2; length--) {
      int from = module.size() - length;
      if (from >= 0 && module.subList(from, module.size()).equals(mention.subList(0, length))) {
        return true;
      }
    }
    return false;
  }
}
