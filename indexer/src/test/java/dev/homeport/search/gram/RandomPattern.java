package dev.homeport.search.gram;

import dev.homeport.search.regex.CompiledPattern;
import dev.homeport.search.regex.CompiledPattern.Option;
import dev.homeport.search.regex.RegexSyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/// Makes patterns of every construct of the language, and texts that they are likely to match.
///
/// A text is made along with its pattern: for each construct, characters that it matches. Anchors,
/// classes that intersect to nothing and the like may keep it from matching after all.
public final class RandomPattern {
  private static final List<String> LITERALS =
      List.of("a", "b", "k", "s", "K", "S", "0", "_", " ", "é", "Ж", "ж", "ß", "世", "😀", "ſ");
  private static final List<String> ANCHORS =
      List.of("^", "$", "\\b", "\\B", "\\A", "\\z", "(?-u:\\b)");
  private static final List<String[]> CLASSES =
      List.of(
          new String[] {"[ab]", "ab"},
          new String[] {"[a-f0-9]", "af05"},
          new String[] {"[^a]", "bzé世"},
          new String[] {"\\w", "a0_é"},
          new String[] {"\\d", "059"},
          new String[] {"\\s", " \t\u2003"},
          new String[] {"\\p{Greek}", "αΩ"},
          new String[] {"[α-ω]", "αβω"},
          new String[] {".", "a é😀"},
          new String[] {"[[:alpha:]&&[^b]]", "acz"},
          new String[] {"(?i:k)", "kK\u212A"},
          new String[] {"(?i:[st])", "sSſtT"},
          new String[] {"(?i:θ)", "θϑΘϴ"},
          new String[] {"[a&&b]", "a"});

  private final Random random;
  private final StringBuilder text = new StringBuilder();

  public RandomPattern(Random random) {
    this.random = random;
  }

  /// The pattern compiled, or nothing if it is too large or means nothing.
  public static Optional<CompiledPattern> compile(String pattern, Option... options) {
    try {
      return Optional.of(CompiledPattern.compile(pattern, Set.of(options)));
    } catch (RegexSyntaxException e) {
      return Optional.empty();
    }
  }

  /// What the last pattern should match.
  public String text() {
    return text.toString();
  }

  public String next() {
    text.setLength(0);
    return choice(3);
  }

  private String choice(int depth) {
    int branches = random.nextInt(4) == 0 ? 2 + random.nextInt(3) : 1;
    int matching = random.nextInt(branches);
    var pattern = new StringBuilder();
    for (int i = 0; i < branches; i++) {
      int before = text.length();
      pattern.append(i == 0 ? "" : "|").append(sequence(depth));
      if (i != matching) {
        text.setLength(before);
      }
    }
    return pattern.toString();
  }

  private String sequence(int depth) {
    var pattern = new StringBuilder();
    for (int parts = random.nextInt(6); parts > 0; parts--) {
      pattern.append(repeated(depth));
    }
    return pattern.toString();
  }

  private String repeated(int depth) {
    int before = text.length();
    String atom = atom(depth);
    String once = text.substring(before);
    int copies = random.nextInt(4);
    return switch (random.nextInt(8)) {
      case 0 -> copied(atom, before, once.repeat(copies % 2), "?");
      case 1 -> copied(atom, before, once.repeat(copies), "*");
      case 2 -> copied(atom, before, once.repeat(copies + 1), "+?");
      case 3 -> copied(atom, before, once.repeat(copies + 1), "{1,}");
      case 4 -> copied(atom, before, once.repeat(copies), "{" + copies + "}");
      case 5 ->
          copied(atom, before, once.repeat(copies + 1), "{" + copies + "," + (copies + 2) + "}");
      default -> atom;
    };
  }

  private String copied(String atom, int before, String copies, String quantifier) {
    text.setLength(before);
    text.append(copies);
    return "(?:" + atom + ")" + quantifier;
  }

  private String atom(int depth) {
    return switch (random.nextInt(depth == 0 ? 7 : 10)) {
      case 0 -> ANCHORS.get(random.nextInt(ANCHORS.size()));
      case 1 -> chars();
      case 2 -> newline();
      case 3, 4, 5, 6 -> literal();
      case 7 -> "(?i)" + choice(depth - 1) + "(?-i)";
      default -> "(" + choice(depth - 1) + ")";
    };
  }

  private String chars() {
    String[] chars = CLASSES.get(random.nextInt(CLASSES.size()));
    int[] members = chars[1].codePoints().toArray();
    text.appendCodePoint(members[random.nextInt(members.length)]);
    return chars[0];
  }

  private String newline() {
    boolean isClass = random.nextBoolean();
    text.append(isClass && random.nextBoolean() ? "x" : "\n");
    return isClass ? "[\\nx]" : "(?:\\n|)";
  }

  private String literal() {
    var pattern = new StringBuilder();
    for (int length = 1 + random.nextInt(4); length > 0; length--) {
      pattern.append(LITERALS.get(random.nextInt(LITERALS.size())));
    }
    text.append(pattern);
    return pattern.toString();
  }
}
