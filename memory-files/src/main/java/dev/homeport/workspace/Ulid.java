package dev.homeport.workspace;

import java.security.SecureRandom;
import java.time.Instant;

/// Unique ids whose text sorts by the time they were made: 26 characters of Crockford's base 32.
///
/// The first ten characters hold milliseconds since 1970, the others 80 random bits.
public final class Ulid {
  /// The number of characters of an id.
  public static final int LENGTH = 26;

  private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int TIME_DIGITS = 10;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Ulid() {}

  /// A new id for something made at this time. Thread-safe.
  public static String at(Instant time) {
    var text = new char[LENGTH];
    long millis = time.toEpochMilli();
    for (int i = TIME_DIGITS - 1; i >= 0; i--) {
      text[i] = DIGITS.charAt((int) (millis & 31));
      millis >>>= 5;
    }
    var random = new byte[LENGTH - TIME_DIGITS];
    RANDOM.nextBytes(random);
    for (int i = TIME_DIGITS; i < LENGTH; i++) {
      text[i] = DIGITS.charAt(random[i - TIME_DIGITS] & 31);
    }
    return new String(text);
  }

  /// The time at which an id was made, to the millisecond.
  ///
  /// @throws IllegalArgumentException if the text is no id
  public static Instant timeOf(String id) {
    if (!isUlid(id)) {
      throw new IllegalArgumentException("not an id: " + id);
    }
    long millis = 0;
    for (int i = 0; i < TIME_DIGITS; i++) {
      millis = millis << 5 | DIGITS.indexOf(id.charAt(i));
    }
    return Instant.ofEpochMilli(millis);
  }

  /// Whether a text has the form of an id.
  public static boolean isUlid(String text) {
    return text.length() == LENGTH && text.chars().allMatch(c -> DIGITS.indexOf(c) >= 0);
  }
}
