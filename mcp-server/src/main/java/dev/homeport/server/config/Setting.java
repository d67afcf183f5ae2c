package dev.homeport.server.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The value of a key.
///
/// @param values one, or those of a list
/// @param origin where it comes from, for a person
public record Setting(List<String> values, String origin) {
  private static final Map<String, Integer> UNITS =
      Map.of("kib", 1 << 10, "mib", 1 << 20, "gib", 1 << 30);
  private static final int MOST_DIGITS = 15;

  /// Copies the values.
  public Setting {
    values = List.copyOf(values);
  }

  /// A checked value.
  ///
  /// @param values as they were given
  static Setting of(ConfigKey key, List<String> values, String origin) throws BadConfigException {
    return switch (key.kind()) {
      case PATHS, TEXTS, RULES -> new Setting(values, origin);
      case TEXT -> new Setting(List.of(single(key, values, origin)), origin);
      case LEVEL, FLAG, SEVERITY -> {
        String given = single(key, values, origin);
        if (!key.kind().choices().contains(given)) {
          throw bad(origin, given, String.join(" or ", key.kind().choices()));
        }
        yield new Setting(List.of(given), origin);
      }
      case WHOLE -> {
        String given = single(key, values, origin);
        long number = number(given);
        if (number < 1 || number > key.most()) {
          throw bad(origin, given, "a whole number from 1 to " + key.most());
        }
        yield new Setting(List.of(String.valueOf(number)), origin);
      }
    };
  }

  /// A value as it stands in a variable or an option.
  static Setting parse(ConfigKey key, String text, String origin) throws BadConfigException {
    if (key.kind() == ConfigKey.Kind.RULES) {
      return of(key, RuleReader.read(text, origin), origin);
    }
    String separator = key.kind().separator;
    if (separator.isEmpty()) {
      return of(key, List.of(text), origin);
    }
    List<String> values =
        List.of(text.split(separator, -1)).stream()
            .map(String::strip)
            .filter(value -> !value.isEmpty())
            .toList();
    return of(key, values, origin);
  }

  private static String single(ConfigKey key, List<String> values, String origin)
      throws BadConfigException {
    if (values.size() != 1) {
      throw new BadConfigException(
          "%s has %d values, but %s is one".formatted(origin, values.size(), key.label()));
    }
    return values.getFirst().strip();
  }

  /// -1 if it is none, or too large.
  private static long number(String text) {
    int digits = 0;
    while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
      digits++;
    }
    String unit = text.substring(digits).strip().toLowerCase(Locale.ROOT);
    Integer factor = unit.isEmpty() ? Integer.valueOf(1) : UNITS.get(unit);
    if (digits == 0 || digits > MOST_DIGITS || factor == null) {
      return -1;
    }
    long number = Long.parseLong(text.substring(0, digits));
    return number > Long.MAX_VALUE / factor ? -1 : number * factor;
  }

  private static BadConfigException bad(String origin, String given, String expected) {
    return new BadConfigException("%s is '%s', but must be %s".formatted(origin, given, expected));
  }

  /// The value as people read it.
  public String text() {
    return values.isEmpty() ? "(none)" : String.join(", ", values);
  }

  String word() {
    return values.getFirst();
  }

  long number() {
    return Long.parseLong(values.getFirst());
  }
}
