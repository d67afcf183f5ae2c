package dev.homeport.server.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/// Bytes that a client sends, where a line such as `@deep 700 TEXT` or `@long 5000 TEXT` is TEXT
/// with its `$` replaced by so many arrays in one another, or letters.
final class FuzzScript {
  private static final int MOST = 20_000;

  private FuzzScript() {}

  static byte[] expanded(byte[] input) {
    var out = new ByteArrayOutputStream();
    int start = 0;
    while (start < input.length) {
      int end = start;
      while (end < input.length && input[end] != '\n') {
        end++;
      }
      out.writeBytes(line(new String(input, start, end - start, ISO_8859_1)));
      if (end < input.length) {
        out.write('\n');
      }
      start = end + 1;
    }
    return out.toByteArray();
  }

  private static byte[] line(String line) {
    String[] words = line.split(" ", 3);
    boolean isMacro = words.length == 3 && (words[0].equals("@deep") || words[0].equals("@long"));
    if (!isMacro) {
      return line.getBytes(ISO_8859_1);
    }
    int count = Math.min(MOST, number(words[1]));
    String filling =
        words[0].equals("@deep") ? "[".repeat(count) + "]".repeat(count) : "x".repeat(count);
    return words[2].replace("$", filling).getBytes(ISO_8859_1);
  }

  private static int number(String digits) {
    int[] values = digits.chars().limit(5).map(c -> Character.digit(c, 10)).toArray();
    return Arrays.stream(values).reduce(0, (number, digit) -> 10 * number + Math.max(0, digit));
  }
}
