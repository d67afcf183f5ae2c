package dev.homeport.index;

import java.util.Locale;
import java.util.Optional;

/// Tells files of tests by their paths, and what they test by their names.
final class TestFile {
  private TestFile() {}

  /// Whether a path is one of a file of tests.
  static boolean is(String path) {
    String lower = path.toLowerCase(Locale.ROOT);
    String directories = "/" + lower.substring(0, lower.lastIndexOf('/') + 1);
    if (directories.contains("/test/")
        || directories.contains("/tests/")
        || directories.contains("/testing/")
        || directories.contains("/__tests__/")) {
      return true;
    }
    String stem = stem(path);
    String lowerStem = stem.toLowerCase(Locale.ROOT);
    return lowerStem.startsWith("test_")
        || lowerStem.endsWith("_test")
        || lowerStem.endsWith(".test")
        || lowerStem.endsWith(".spec")
        || lowerStem.equals("conftest")
        || stem.endsWith("Test")
        || stem.endsWith("Tests");
  }

  /// The stem of the names of what a file of tests is about, in lower case.
  static Optional<String> subject(String path) {
    String stem = stem(path).toLowerCase(Locale.ROOT);
    for (String prefix : new String[] {"test_", "tests_"}) {
      stem = stem.startsWith(prefix) ? stem.substring(prefix.length()) : stem;
    }
    for (String ending : new String[] {"_test", "_tests", ".test", ".spec", "test", "tests"}) {
      stem = stem.endsWith(ending) ? stem.substring(0, stem.length() - ending.length()) : stem;
    }
    return stem.isEmpty() ? Optional.empty() : Optional.of(stem);
  }

  /// The name of a file without its ending and without underscores around it.
  static String stem(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    int dot = name.lastIndexOf('.');
    String stem = dot <= 0 ? name : name.substring(0, dot);
    int start = 0;
    int end = stem.length();
    while (start < end && stem.charAt(start) == '_') {
      start++;
    }
    while (end > start && stem.charAt(end - 1) == '_') {
      end--;
    }
    return stem.substring(start, end);
  }
}
