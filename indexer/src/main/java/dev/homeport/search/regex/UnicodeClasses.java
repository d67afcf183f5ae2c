package dev.homeport.search.regex;

import java.lang.Character.UnicodeScript;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntPredicate;

/// The named character classes of the pattern language: Perl's, POSIX's and Unicode's.
final class UnicodeClasses {
  private static final Map<String, CodePoints> CACHE = new ConcurrentHashMap<>();

  private static final Map<String, String> CATEGORIES =
      Map.ofEntries(
          Map.entry("letter", "l"),
          Map.entry("casedletter", "lc"),
          Map.entry("uppercaseletter", "lu"),
          Map.entry("lowercaseletter", "ll"),
          Map.entry("titlecaseletter", "lt"),
          Map.entry("modifierletter", "lm"),
          Map.entry("otherletter", "lo"),
          Map.entry("mark", "m"),
          Map.entry("combiningmark", "m"),
          Map.entry("nonspacingmark", "mn"),
          Map.entry("spacingmark", "mc"),
          Map.entry("enclosingmark", "me"),
          Map.entry("number", "n"),
          Map.entry("decimalnumber", "nd"),
          Map.entry("digit", "nd"),
          Map.entry("letternumber", "nl"),
          Map.entry("othernumber", "no"),
          Map.entry("punctuation", "p"),
          Map.entry("punct", "p"),
          Map.entry("connectorpunctuation", "pc"),
          Map.entry("dashpunctuation", "pd"),
          Map.entry("openpunctuation", "ps"),
          Map.entry("closepunctuation", "pe"),
          Map.entry("initialpunctuation", "pi"),
          Map.entry("finalpunctuation", "pf"),
          Map.entry("otherpunctuation", "po"),
          Map.entry("symbol", "s"),
          Map.entry("mathsymbol", "sm"),
          Map.entry("currencysymbol", "sc"),
          Map.entry("modifiersymbol", "sk"),
          Map.entry("othersymbol", "so"),
          Map.entry("separator", "z"),
          Map.entry("spaceseparator", "zs"),
          Map.entry("lineseparator", "zl"),
          Map.entry("paragraphseparator", "zp"),
          Map.entry("other", "c"),
          Map.entry("control", "cc"),
          Map.entry("cntrl", "cc"),
          Map.entry("format", "cf"),
          Map.entry("unassigned", "cn"),
          Map.entry("privateuse", "co"));

  private static final Map<Integer, String> ABBREVIATIONS =
      Map.ofEntries(
          Map.entry((int) Character.UPPERCASE_LETTER, "lu"),
          Map.entry((int) Character.LOWERCASE_LETTER, "ll"),
          Map.entry((int) Character.TITLECASE_LETTER, "lt"),
          Map.entry((int) Character.MODIFIER_LETTER, "lm"),
          Map.entry((int) Character.OTHER_LETTER, "lo"),
          Map.entry((int) Character.NON_SPACING_MARK, "mn"),
          Map.entry((int) Character.COMBINING_SPACING_MARK, "mc"),
          Map.entry((int) Character.ENCLOSING_MARK, "me"),
          Map.entry((int) Character.DECIMAL_DIGIT_NUMBER, "nd"),
          Map.entry((int) Character.LETTER_NUMBER, "nl"),
          Map.entry((int) Character.OTHER_NUMBER, "no"),
          Map.entry((int) Character.CONNECTOR_PUNCTUATION, "pc"),
          Map.entry((int) Character.DASH_PUNCTUATION, "pd"),
          Map.entry((int) Character.START_PUNCTUATION, "ps"),
          Map.entry((int) Character.END_PUNCTUATION, "pe"),
          Map.entry((int) Character.INITIAL_QUOTE_PUNCTUATION, "pi"),
          Map.entry((int) Character.FINAL_QUOTE_PUNCTUATION, "pf"),
          Map.entry((int) Character.OTHER_PUNCTUATION, "po"),
          Map.entry((int) Character.MATH_SYMBOL, "sm"),
          Map.entry((int) Character.CURRENCY_SYMBOL, "sc"),
          Map.entry((int) Character.MODIFIER_SYMBOL, "sk"),
          Map.entry((int) Character.OTHER_SYMBOL, "so"),
          Map.entry((int) Character.SPACE_SEPARATOR, "zs"),
          Map.entry((int) Character.LINE_SEPARATOR, "zl"),
          Map.entry((int) Character.PARAGRAPH_SEPARATOR, "zp"),
          Map.entry((int) Character.CONTROL, "cc"),
          Map.entry((int) Character.FORMAT, "cf"),
          Map.entry((int) Character.PRIVATE_USE, "co"),
          Map.entry((int) Character.SURROGATE, "cs"),
          Map.entry((int) Character.UNASSIGNED, "cn"));

  private UnicodeClasses() {}

  /// The class of `\d`, `\s` or `\w`, named by that letter.
  static CodePoints perl(char letter) {
    return cached(
        "\\" + letter,
        switch (letter) {
          case 'd' -> c -> Character.getType(c) == Character.DECIMAL_DIGIT_NUMBER;
          case 's' -> UnicodeClasses::isWhiteSpace;
          case 'w' -> UnicodeClasses::isWord;
          default -> throw new IllegalArgumentException("no Perl class " + letter);
        });
  }

  /// The ASCII class of a POSIX name such as `alpha`, or empty if there is none.
  static Optional<CodePoints> posix(String name) {
    IntPredicate test =
        switch (name) {
          case "alnum" -> Character::isLetterOrDigit;
          case "alpha" -> Character::isLetter;
          case "ascii" -> _ -> true;
          case "blank" -> c -> c == ' ' || c == '\t';
          case "cntrl" -> Character::isISOControl;
          case "digit" -> Character::isDigit;
          case "graph" -> c -> c > ' ' && c < 0x7F;
          case "lower" -> Character::isLowerCase;
          case "print" -> c -> c >= ' ' && c < 0x7F;
          case "punct" -> c -> c > ' ' && c < 0x7F && !Character.isLetterOrDigit(c);
          case "space" -> UnicodeClasses::isWhiteSpace;
          case "upper" -> Character::isUpperCase;
          case "word" -> UnicodeClasses::isWord;
          case "xdigit" -> c -> Character.digit(c, 16) >= 0;
          default -> _ -> false;
        };
    CodePoints members = cached("[:" + name, c -> c < 0x80 && test.test(c));
    return members.isEmpty() ? Optional.empty() : Optional.of(members);
  }

  /// The class of a Unicode property such as `Lu`, `Greek`, `sc=Greek` or `Alphabetic`.
  static Optional<CodePoints> property(String name) {
    int separator = Math.max(name.indexOf('='), name.indexOf(':'));
    String key = separator < 0 ? "" : loose(name.substring(0, separator));
    String value = loose(name.substring(separator + 1));
    return switch (key) {
      case "" -> category(value).or(() -> binary(value)).or(() -> script(value));
      case "gc", "generalcategory" -> category(value);
      case "sc", "script", "scx", "scriptextensions" -> script(value);
      default -> Optional.empty();
    };
  }

  private static String loose(String name) {
    String folded =
        name.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "").replace(" ", "");
    return folded.startsWith("is") && folded.length() > 2 ? folded.substring(2) : folded;
  }

  private static Optional<CodePoints> category(String name) {
    String wanted = CATEGORIES.getOrDefault(name, name);
    if (wanted.equals("lc")) {
      return Optional.of(cached("gc:lc", c -> "lu ll lt".contains(abbreviation(c))));
    }
    boolean known =
        wanted.length() <= 2
            && !wanted.isEmpty()
            && ABBREVIATIONS.values().stream().anyMatch(a -> a.startsWith(wanted));
    return known
        ? Optional.of(cached("gc:" + wanted, c -> abbreviation(c).startsWith(wanted)))
        : Optional.empty();
  }

  private static String abbreviation(int codePoint) {
    return ABBREVIATIONS.getOrDefault(Character.getType(codePoint), "cn");
  }

  private static Optional<CodePoints> binary(String name) {
    IntPredicate test =
        switch (name) {
          case "any" -> _ -> true;
          case "ascii" -> c -> c < 0x80;
          case "assigned" -> Character::isDefined;
          case "alphabetic", "alpha" -> Character::isAlphabetic;
          case "lowercase", "lower" -> Character::isLowerCase;
          case "uppercase", "upper" -> Character::isUpperCase;
          case "ideographic", "ideo" -> Character::isIdeographic;
          case "whitespace", "space" -> UnicodeClasses::isWhiteSpace;
          case "joincontrol", "joinc" -> c -> c == 0x200C || c == 0x200D;
          case "emoji" -> Character::isEmoji;
          case "emojipresentation" -> Character::isEmojiPresentation;
          case "extendedpictographic" -> Character::isExtendedPictographic;
          default -> null;
        };
    return test == null ? Optional.empty() : Optional.of(cached("bin:" + name, test));
  }

  private static Optional<CodePoints> script(String name) {
    for (UnicodeScript script : UnicodeScript.values()) {
      if (loose(script.name()).equals(name)) {
        return Optional.of(cached("sc:" + name, c -> UnicodeScript.of(c) == script));
      }
    }
    try {
      UnicodeScript script = UnicodeScript.forName(name);
      return Optional.of(cached("sc:" + name, c -> UnicodeScript.of(c) == script));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static CodePoints cached(String key, IntPredicate test) {
    return CACHE.computeIfAbsent(key, _ -> CodePoints.where(test));
  }

  private static boolean isWhiteSpace(int c) {
    return (c >= '\t' && c <= '\r')
        || c == 0x85
        || (c >= ' ' && Character.isSpaceChar(c) && c != 0x180E);
  }

  private static boolean isWord(int c) {
    if (Character.isAlphabetic(c) || c == 0x200C || c == 0x200D) {
      return true;
    }
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK,
          Character.COMBINING_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.DECIMAL_DIGIT_NUMBER,
          Character.CONNECTOR_PUNCTUATION ->
          true;
      default -> false;
    };
  }
}
