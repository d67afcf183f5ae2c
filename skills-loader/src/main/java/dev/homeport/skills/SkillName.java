package dev.homeport.skills;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The name that a skill goes by: lower-case letters and digits with single hyphens between them.
///
/// Letters of any script count, as in the reference validator. Names longer than [#PUBLISH_LIMIT]
/// load, but cannot be published.
///
/// @param value the name, at most [#LOAD_LIMIT] code points
public record SkillName(String value) implements Comparable<SkillName> {
  /// The longest name that the specification allows, in code points.
  public static final int PUBLISH_LIMIT = 64;

  /// The longest name that loads, in code points; what is longer is cut.
  public static final int LOAD_LIMIT = 200;

  /// Takes a name that is already in the form that [#normalize] gives.
  ///
  /// @throws IllegalArgumentException if it is not
  public SkillName {
    if (!isPlain(value) && !value.equals(canonical(value))) {
      throw new IllegalArgumentException(
          "skill name is '" + value + "', but must be lower case with single hyphens");
    }
    if (value.isEmpty()) {
      throw new IllegalArgumentException("skill name is empty");
    }
  }

  /// The nearest valid name: `My Skill` and `my_skill` become `my-skill`; empty if nothing is left.
  public static Optional<SkillName> normalize(String text) {
    String canonical = canonical(text);
    return canonical.isEmpty() ? Optional.empty() : Optional.of(new SkillName(canonical));
  }

  /// Whether the specification lets a skill of this name be published: ASCII, at most 64
  /// characters.
  public boolean isPublishable() {
    return value.length() <= PUBLISH_LIMIT && value.chars().allMatch(c -> c < 0x80);
  }

  /// Whether a text is of the commonest form, which needs no look at Unicode.
  private static boolean isPlain(String text) {
    char before = '-';
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean fits =
          (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c == '-' && before != '-');
      if (!fits) {
        return false;
      }
      before = c;
    }
    return before != '-' && text.length() <= LOAD_LIMIT;
  }

  private static String canonical(String text) {
    String folded = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    String composed = Normalizer.normalize(folded, Normalizer.Form.NFKC);
    var name = new StringBuilder();
    int length = 0;
    boolean pendingHyphen = false;
    for (int codePoint : composed.codePoints().toArray()) {
      if (!Character.isLetterOrDigit(codePoint) && !isMark(codePoint)) {
        pendingHyphen = !name.isEmpty();
        continue;
      }
      int needed = pendingHyphen ? 2 : 1;
      if (length + needed > LOAD_LIMIT) {
        break;
      }
      if (pendingHyphen) {
        name.append('-');
      }
      name.appendCodePoint(codePoint);
      length += needed;
      pendingHyphen = false;
    }
    return name.toString();
  }

  private static boolean isMark(int codePoint) {
    int type = Character.getType(codePoint);
    return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SkillName name && value.equals(name.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public int compareTo(SkillName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
