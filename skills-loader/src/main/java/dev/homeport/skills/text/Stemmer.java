package dev.homeport.skills.text;

/// Takes the commonest English endings off a word, so that its forms meet.
///
/// It is lighter than Porter's on purpose: skills are full of names of tools, and a wrong cut costs
/// more than a missed one. Words of other scripts and words with digits stay as they are.
final class Stemmer {
  private static final int SHORTEST = 3;

  /// Words such as `vector` are no agents.
  private static final int LONGEST_ROOT = 6;

  private Stemmer() {}

  /// The stem of a lower-case word.
  static String stem(String word) {
    if (word.length() <= SHORTEST || !isAscii(word)) {
      return word;
    }
    return withoutAgentEnding(withoutFinalE(withoutVerbEnding(withoutPlural(word))));
  }

  private static boolean isAscii(String word) {
    return word.chars().allMatch(c -> c >= 'a' && c <= 'z');
  }

  private static String withoutPlural(String word) {
    if (word.endsWith("ies") && word.length() > 4) {
      return cut(word, 3) + "y";
    }
    if (endsWithAny(word, "sses", "shes", "ches", "xes", "zes")) {
      return cut(word, 2);
    }
    if (word.endsWith("s") && !endsWithAny(word, "ss", "us", "is")) {
      return cut(word, 1);
    }
    return word;
  }

  private static String withoutVerbEnding(String word) {
    for (String ending : new String[] {"ation", "ing", "ion", "ed", "ment", "ly"}) {
      if (word.endsWith(ending)) {
        String stem = cut(word, ending.length());
        return fits(stem, ending) ? restored(stem, ending) : word;
      }
    }
    return word;
  }

  private static boolean fits(String stem, String ending) {
    return switch (ending) {
      case "ation" -> stem.length() >= SHORTEST;
      case "ion" -> stem.length() >= SHORTEST && endsWithAny(stem, "t", "s");
      case "ment" -> stem.length() > SHORTEST;
      default -> stem.length() >= SHORTEST && hasVowel(stem);
    };
  }

  private static String restored(String stem, String ending) {
    if (ending.equals("ation")) {
      return stem + "at";
    }
    int last = stem.length() - 1;
    boolean doubled = stem.charAt(last) == stem.charAt(last - 1);
    boolean isVerb = ending.equals("ing") || ending.equals("ed");
    return isVerb && doubled && "lsz".indexOf(stem.charAt(last)) < 0 ? cut(stem, 1) : stem;
  }

  private static String withoutFinalE(String word) {
    return word.endsWith("e") && word.length() > SHORTEST ? cut(word, 1) : word;
  }

  /// So that a generator meets generation, and a connector what connects.
  private static String withoutAgentEnding(String word) {
    return word.length() > LONGEST_ROOT && endsWithAny(word, "ator", "ctor", "itor", "utor")
        ? cut(word, 2)
        : word;
  }

  private static boolean hasVowel(String word) {
    return word.chars().anyMatch(c -> "aeiouy".indexOf(c) >= 0);
  }

  private static boolean endsWithAny(String word, String... endings) {
    for (String ending : endings) {
      if (word.endsWith(ending)) {
        return true;
      }
    }
    return false;
  }

  private static String cut(String word, int letters) {
    return word.substring(0, word.length() - letters);
  }
}
