package dev.homeport.skills.store;

import dev.homeport.workspace.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The hash of a skill in `skills-lock.json`: SHA-256 over path and content of each file, in the
/// order in which JavaScript compares texts.
final class FolderHash {
  private static final Set<String> PASSED_OVER = Set.of(".git", "node_modules");

  /// What is not a letter, in the order of the Unicode collation algorithm.
  private static final String BEFORE_LETTERS = " _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$0123456789";

  private static final int LETTERS = 1_000;

  /// As `localeCompare` has it for ASCII: letters whatever their case, then lower case first.
  static final Comparator<String> ORDER = FolderHash::compare;

  private FolderHash() {}

  /// The hash of a directory, in hexadecimal digits.
  static String of(Path directory) throws IOException {
    MessageDigest digest = Sha256.digest();
    List<String> paths;
    try (Stream<Path> all = Files.walk(directory)) {
      paths =
          all.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
              .map(directory::relativize)
              .filter(FolderHash::isCounted)
              .map(Path::toString)
              .sorted(ORDER)
              .toList();
    }
    for (String path : paths) {
      digest.update(path.getBytes(StandardCharsets.UTF_8));
      digest.update(Files.readAllBytes(directory.resolve(path)));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static boolean isCounted(Path path) {
    for (Path segment : path) {
      if (PASSED_OVER.contains(segment.toString())) {
        return false;
      }
    }
    return true;
  }

  private static int compare(String one, String other) {
    int common = Math.min(one.length(), other.length());
    for (int i = 0; i < common; i++) {
      int difference = weight(one.charAt(i)) - weight(other.charAt(i));
      if (difference != 0) {
        return difference;
      }
    }
    if (one.length() != other.length()) {
      return one.length() - other.length();
    }
    for (int i = 0; i < common; i++) {
      if (one.charAt(i) != other.charAt(i)) {
        return Character.isLowerCase(one.charAt(i)) ? -1 : 1;
      }
    }
    return 0;
  }

  private static int weight(char c) {
    int place = BEFORE_LETTERS.indexOf(c);
    return place >= 0 ? place : LETTERS + Character.toLowerCase(c);
  }
}
