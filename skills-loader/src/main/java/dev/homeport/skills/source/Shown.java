package dev.homeport.skills.source;

/// Text of others as a terminal may show it: what would act on the terminal, or hide, is spelt out.
public final class Shown {
  private Shown() {}

  /// The text on one line, with every control, format and line-separating character as `<U+200B>`;
  /// tabs stay.
  public static String of(String text) {
    var out = new StringBuilder();
    text.codePoints()
        .forEach(c -> {
          if (c != '\t' && isActive(c)) {
            out.append("<U+%04X>".formatted(c));
          } else {
            out.appendCodePoint(c);
          }
        });
    return out.toString();
  }

  private static boolean isActive(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
