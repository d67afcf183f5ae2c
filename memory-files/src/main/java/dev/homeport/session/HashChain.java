package dev.homeport.session;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.homeport.workspace.Sha256;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// The chain of hashes over the lines of a log, each the last field of its line.
///
/// The hash of a line is the SHA-256 of the hash of the line before it, in hexadecimal digits, and
/// the line itself as it would be without a hash. The first line of a chain follows no hash.
final class HashChain {
  private static final byte[] FIELD = ",\"hash\":\"".getBytes(US_ASCII);
  private static final byte[] END = "\"}".getBytes(US_ASCII);
  private static final int DIGITS = 64;

  /// What a hash adds to a line, in bytes.
  static final int BYTES = FIELD.length + DIGITS + END.length - 1;

  private HashChain() {}

  /// The hash of a line that has none yet.
  ///
  /// @param previous the hash of the line before it, or null if that has none
  static String hash(@Nullable String previous, byte[] line) {
    var digest = Sha256.digest();
    if (previous != null) {
      digest.update(previous.getBytes(US_ASCII));
    }
    return HexFormat.of().formatHex(digest.digest(line));
  }

  /// A line, which must end with the brace of its object, with its hash.
  static byte[] with(byte[] line, String hash) {
    byte[] chained = Arrays.copyOf(line, line.length + BYTES);
    int end = line.length - 1;
    System.arraycopy(FIELD, 0, chained, end, FIELD.length);
    System.arraycopy(hash.getBytes(US_ASCII), 0, chained, end + FIELD.length, DIGITS);
    System.arraycopy(END, 0, chained, end + FIELD.length + DIGITS, END.length);
    return chained;
  }

  /// The hash that a line carries, or null.
  static @Nullable String of(byte[] line) {
    int start = line.length - DIGITS - END.length;
    int field = start - FIELD.length;
    return field > 0 && matches(line, field, FIELD) && matches(line, start + DIGITS, END)
        ? new String(line, start, DIGITS, US_ASCII)
        : null;
  }

  /// A line without the hash that it carries.
  static byte[] without(byte[] line) {
    byte[] bare = Arrays.copyOf(line, line.length - BYTES);
    bare[bare.length - 1] = '}';
    return bare;
  }

  private static boolean matches(byte[] line, int offset, byte[] part) {
    return Arrays.equals(line, offset, offset + part.length, part, 0, part.length);
  }
}
