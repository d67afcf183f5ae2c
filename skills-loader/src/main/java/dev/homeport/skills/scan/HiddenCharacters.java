package dev.homeport.skills.scan;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Finds characters that people do not see but models read.
///
/// What writing needs is left alone: joiners between emoji and in scripts that join letters, flags
/// of regions, marks of direction in text that runs from right to left, hyphenation.
final class HiddenCharacters {
  private static final int BLACK_FLAG = 0x1F3F4;
  private static final int LAST_TAG = 0xE007F;

  /// So many invisible characters in a row carry data.
  private static final int LONG_RUN = 8;

  private static final int MANY = 24;
  private static final int MANY_KINDS = 3;
  private static final int SHOWN = 80;

  private final int[] text;
  private final List<ScanHit> hits = new ArrayList<>();
  private final Set<Integer> kinds = new HashSet<>();
  private int strays;
  private int firstStray;
  private int longestRun;
  private int longestRunLine;
  private int mixed;
  private int firstMixed;

  private HiddenCharacters(String text) {
    this.text = text.codePoints().toArray();
  }

  static List<ScanHit> in(String text) {
    if (text.chars().allMatch(c -> c < 0x80)) {
      return List.of();
    }
    var found = new HiddenCharacters(text);
    found.scan();
    return found.hits;
  }

  /// Whether a character has no shape of its own.
  static boolean isInvisible(int c) {
    return isTag(c)
        || isSelector(c)
        || isDirection(c)
        || (c >= 0x200B && c <= 0x200F)
        || (c >= 0x2060 && c <= 0x2064)
        || c == 0xFEFF
        || c == 0xAD
        || c == 0x34F
        || c == 0x61C
        || c == 0x180E
        || c == 0x115F
        || c == 0x1160
        || c == 0x3164
        || c == 0xFFA0
        || (c >= 0xFFF9 && c <= 0xFFFB);
  }

  private static boolean isTag(int c) {
    return c >= 0xE0000 && c <= LAST_TAG;
  }

  private static boolean isSelector(int c) {
    return (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF);
  }

  private static boolean isDirection(int c) {
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
  }

  private void scan() {
    int line = 1;
    for (int i = 0; i < text.length; ) {
      if (text[i] == '\n') {
        line++;
      }
      if (!isInvisible(text[i])) {
        i = Character.isLetter(text[i]) ? word(i, line) : i + 1;
        continue;
      }
      int end = i;
      while (end < text.length && isInvisible(text[end])) {
        end++;
      }
      run(i, end, line);
      i = end;
    }
    report();
  }

  private int word(int start, int line) {
    boolean latin = false;
    boolean cyrillic = false;
    int i = start;
    while (i < text.length && (Character.isLetter(text[i]) || isInvisible(text[i]))) {
      UnicodeScript script = text[i] < 0x80 ? UnicodeScript.LATIN : UnicodeScript.of(text[i]);
      latin |= script == UnicodeScript.LATIN;
      cyrillic |= script == UnicodeScript.CYRILLIC;
      if (isInvisible(text[i])) {
        break;
      }
      i++;
    }
    if (latin && cyrillic) {
      firstMixed = mixed++ == 0 ? line : firstMixed;
    }
    return i;
  }

  /// Looks at invisible characters that stand side by side.
  private void run(int start, int end, int line) {
    if (isTag(text[start])) {
      tags(start, end, line);
      return;
    }
    int odd = 0;
    for (int i = start; i < end; i++) {
      if (isOverride(text[i]) || (isDirection(text[i]) && !runsRightToLeft(start))) {
        if (text[i] != 0x202C && text[i] != 0x2069) {
          add(
              ScanRule.REORDERED_TEXT,
              line,
              "U+%04X changes the order in which this line is shown".formatted(text[i]));
        }
      } else if (!isNeeded(i, end - start)) {
        odd++;
        kinds.add(text[i]);
        firstStray = strays++ == 0 ? line : firstStray;
      }
    }
    if (odd > longestRun) {
      longestRun = odd;
      longestRunLine = line;
    }
  }

  private static boolean isOverride(int c) {
    return c == 0x202D || c == 0x202E;
  }

  private void tags(int start, int end, int line) {
    boolean isFlag = start > 0 && text[start - 1] == BLACK_FLAG && text[end - 1] == LAST_TAG;
    if (isFlag) {
      return;
    }
    var spelt = new StringBuilder();
    for (int i = start; i < end; i++) {
      int c = text[i] - 0xE0000;
      spelt.append(c >= 0x20 && c < 0x7F ? (char) c : '.');
    }
    String shown = spelt.length() > SHOWN ? spelt.substring(0, SHOWN) + "…" : spelt.toString();
    add(ScanRule.HIDDEN_TEXT, line, "invisible tag characters spell '" + shown + "'");
  }

  /// Whether a script needs the character where it stands.
  private boolean isNeeded(int i, int run) {
    int before = i > 0 ? text[i - 1] : ' ';
    int after = i + 1 < text.length ? text[i + 1] : ' ';
    return switch (text[i]) {
      case 0xFEFF -> i == 0;
      case 0x200D -> (isPicture(before) && isPicture(after)) || joins(before) || joins(after);
      case 0x200C -> joins(before) || joins(after);
      case 0x200B -> hasNoSpaces(before) || hasNoSpaces(after);
      case 0xAD -> Character.isLetter(before) && Character.isLetter(after);
      case 0x200E, 0x200F, 0x61C -> runsRightToLeft(i);
      default -> isDirection(text[i]) || (isSelector(text[i]) && run <= 2 && !isInvisibleOnly(i));
    };
  }

  /// A selector chooses a form of the character before it; after another one it chooses nothing.
  private boolean isInvisibleOnly(int i) {
    return i == 0 || isSelector(text[i - 1]) || Character.isWhitespace(text[i - 1]);
  }

  private static boolean isPicture(int c) {
    return isSelector(c)
        || (c > 0x7F && Character.isExtendedPictographic(c))
        || Character.isEmojiModifier(c)
        || (c > 0x7F && Character.isEmojiComponent(c));
  }

  private static boolean joins(int c) {
    if (c < 0x600
        || !(Character.isLetter(c)
            || Character.getType(c) == Character.NON_SPACING_MARK
            || Character.getType(c) == Character.COMBINING_SPACING_MARK)) {
      return false;
    }
    return switch (UnicodeScript.of(c)) {
      case HAN, HIRAGANA, KATAKANA, HANGUL, LATIN, GREEK, CYRILLIC -> false;
      default -> true;
    };
  }

  private static boolean hasNoSpaces(int c) {
    return switch (UnicodeScript.of(c)) {
      case THAI, KHMER, LAO, MYANMAR -> true;
      default -> false;
    };
  }

  private boolean runsRightToLeft(int position) {
    int from = position;
    while (from > 0 && text[from - 1] != '\n') {
      from--;
    }
    for (int i = from; i < text.length && text[i] != '\n'; i++) {
      byte direction = Character.getDirectionality(text[i]);
      if (Character.isLetter(text[i])
          && (direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
              || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC)) {
        return true;
      }
    }
    return false;
  }

  private void report() {
    if (longestRun >= LONG_RUN || (kinds.size() >= MANY_KINDS && strays >= MANY)) {
      add(
          ScanRule.HIDDEN_TEXT,
          longestRun >= LONG_RUN ? longestRunLine : firstStray,
          "%d invisible characters of %d kinds can carry a message"
              .formatted(strays, kinds.size()));
    } else if (strays > 0) {
      add(
          ScanRule.INVISIBLE,
          firstStray,
          "%d invisible characters, the first U+%04X; remove them"
              .formatted(strays, kinds.stream().min(Integer::compare).orElse(0)));
    }
    if (mixed > 0) {
      add(
          ScanRule.MIXED_SCRIPTS,
          firstMixed,
          mixed + " words mix Latin and Cyrillic letters, which look alike");
    }
  }

  private void add(ScanRule rule, int line, String message) {
    hits.add(new ScanHit(rule, line, message));
  }
}
