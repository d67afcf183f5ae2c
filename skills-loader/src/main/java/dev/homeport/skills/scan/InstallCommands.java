package dev.homeport.skills.scan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Finds commands that install packages without saying which version, or from an address.
final class InstallCommands {
  private static final Set<String> PYTHON = Set.of("pip", "pip3");
  private static final Set<String> RUNNERS = Set.of("npx", "bunx", "uvx", "pipx");
  private static final Set<String> NODE = Set.of("npm", "pnpm", "yarn", "bun");
  private static final Set<String> NODE_VERBS = Set.of("install", "i", "add", "dlx", "exec");

  /// Options that take the next word as their value.
  private static final Set<String> VALUED =
      Set.of(
          "-r",
          "--requirement",
          "-c",
          "--constraint",
          "-i",
          "--index-url",
          "--extra-index-url",
          "-t",
          "--target",
          "--prefix",
          "-p",
          "--package",
          "--python",
          "--from",
          "--with",
          "--version",
          "-v",
          "--registry",
          "-f",
          "--find-links");

  /// What stands before a command and changes nothing about it.
  private static final Set<String> BEFORE =
      Set.of("$", ">", "-", "!", "sudo", "RUN", "uv", "python", "python3", "-m");

  private InstallCommands() {}

  static List<ScanHit> in(ScanText text) {
    var hits = new ArrayList<ScanHit>();
    if (!text.has("install")
        && RUNNERS.stream().noneMatch(text::has)
        && !text.has(" add ")
        && !text.has(" i ")) {
      return hits;
    }
    int line = 0;
    for (String written : text.shown().lines().toList()) {
      line++;
      if (written.length() < 2_000) {
        scan(written, line, hits);
      }
    }
    return hits;
  }

  /// The same for a list of requirements of Python.
  static List<ScanHit> requirements(ScanText text) {
    List<String> unpinned =
        text.shown()
            .lines()
            .map(line ->
                line.substring(0, line.indexOf('#') < 0 ? line.length() : line.indexOf('#')))
            .map(String::strip)
            .filter(line -> !line.isEmpty() && Character.isLetter(line.charAt(0)))
            .filter(line -> !line.contains("==") && !line.contains("@"))
            .toList();
    return unpinned.isEmpty()
        ? List.of()
        : List.of(
            new ScanHit(
                ScanRule.INSTALL_UNPINNED,
                0,
                "requires no certain version: " + String.join(", ", unpinned)));
  }

  private static void scan(String line, int number, List<ScanHit> hits) {
    for (String command : line.split("[;&|`#]+", -1)) {
      List<String> words = words(command);
      int from = argumentsFrom(words);
      if (from > 0) {
        arguments(words, from, number, hits);
      }
    }
  }

  private static List<String> words(String command) {
    var words = new ArrayList<String>();
    for (String word : command.strip().split("\\s+", -1)) {
      String bare = unquoted(word);
      boolean isPrompt = words.isEmpty() && BEFORE.contains(bare);
      if (!bare.isEmpty() && !isPrompt) {
        words.add(bare);
      }
    }
    return words;
  }

  private static String unquoted(String word) {
    int start = 0;
    int end = word.length();
    while (start < end && "\"'(".indexOf(word.charAt(start)) >= 0) {
      start++;
    }
    while (end > start && "\"'),".indexOf(word.charAt(end - 1)) >= 0) {
      end--;
    }
    return word.substring(start, end);
  }

  /// Where the packages begin; 0 if the words are no such command.
  private static int argumentsFrom(List<String> words) {
    if (words.size() < 2) {
      return 0;
    }
    String first = words.getFirst();
    String second = words.get(1);
    if (PYTHON.contains(first)
        || first.equals("gem")
        || first.equals("cargo")
        || first.equals("go")) {
      return second.equals("install") ? 2 : 0;
    }
    if (NODE.contains(first)) {
      return NODE_VERBS.contains(second) ? 2 : 0;
    }
    if (first.equals("pipx")) {
      return second.equals("install") || second.equals("run") ? 2 : 0;
    }
    return RUNNERS.contains(first) ? 1 : 0;
  }

  private static void arguments(List<String> words, int from, int line, List<ScanHit> hits) {
    String tool = words.getFirst();
    boolean runs = RUNNERS.contains(tool) && !words.get(1).equals("install");
    var unpinned = new ArrayList<String>();
    for (int i = from; i < words.size(); i++) {
      String word = words.get(i);
      if (word.startsWith("-")) {
        boolean isPinned = word.equals("--version") || word.startsWith("--version=");
        if (isPinned || (word.equals("-v") && tool.equals("gem"))) {
          return;
        }
        i += VALUED.contains(word) ? 1 : 0;
      } else if (isAddress(word)) {
        address(word, line, hits);
      } else if (isPackage(word) && !isPinned(word)) {
        unpinned.add(word);
      } else if (!isPackage(word)) {
        break;
      }
      if (runs && !word.startsWith("-")) {
        break;
      }
    }
    if (!unpinned.isEmpty()) {
      hits.add(
          new ScanHit(
              ScanRule.INSTALL_UNPINNED,
              line,
              "installs whichever version is newest: " + String.join(", ", unpinned)));
    }
  }

  private static boolean isAddress(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    return lower.startsWith("git+") || lower.startsWith("http://") || lower.startsWith("https://");
  }

  private static void address(String word, int line, List<ScanHit> hits) {
    int at = word.lastIndexOf('@');
    String revision = at > word.indexOf("//") ? word.substring(at + 1) : "";
    boolean isCommit =
        revision.length() >= 7 && revision.chars().allMatch(c -> Character.digit(c, 16) >= 0);
    if (!isCommit) {
      hits.add(
          new ScanHit(
              ScanRule.INSTALL_ADDRESS,
              line,
              "installs from an address without a commit: " + word));
    }
  }

  /// Whether a word can be the name of a package in a registry.
  private static boolean isPackage(String word) {
    char first = word.charAt(0);
    return !word.startsWith("./")
        && !word.endsWith("/")
        && (first == '@' || Character.isLetter(first))
        && word.chars()
            .allMatch(c ->
                c < 0x80 && (Character.isLetterOrDigit(c) || "@/._-[]=<>~!^*,:+".indexOf(c) >= 0))
        && !word.endsWith(".txt")
        && !word.endsWith(":");
  }

  private static boolean isPinned(String word) {
    int at = word.indexOf('@', 1);
    if (at > 0) {
      return at + 1 < word.length()
          && (Character.isDigit(word.charAt(at + 1)) || word.charAt(at + 1) == 'v')
          && !word.endsWith("@latest");
    }
    return word.contains("==");
  }
}
