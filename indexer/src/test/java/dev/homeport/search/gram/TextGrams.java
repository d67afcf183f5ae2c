package dev.homeport.search.gram;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.function.IntPredicate;

/// The trigrams of texts, found the plain way.
final class TextGrams {
  private TextGrams() {}

  static IntPredicate of(byte[] text) {
    Set<Integer> grams = new HashSet<>();
    for (int i = 0; i + 3 <= text.length; i++) {
      if (text[i] != '\n' && text[i + 1] != '\n' && text[i + 2] != '\n') {
        grams.add((text[i] & 0xFF) << 16 | (text[i + 1] & 0xFF) << 8 | (text[i + 2] & 0xFF));
      }
    }
    return grams::contains;
  }

  /// A text with something before and after it, which may be malformed UTF-8.
  static byte[] surrounded(String core, Random random) {
    byte[] middle = core.getBytes(UTF_8);
    byte[] before = noise(random);
    byte[] after = noise(random);
    byte[] all = new byte[before.length + middle.length + after.length];
    System.arraycopy(before, 0, all, 0, before.length);
    System.arraycopy(middle, 0, all, before.length, middle.length);
    System.arraycopy(after, 0, all, before.length + middle.length, after.length);
    return all;
  }

  private static byte[] noise(Random random) {
    byte[] bytes = new byte[random.nextInt(4)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) "ab \n\u00C3\u00FF\u00E2k".charAt(random.nextInt(8));
    }
    return bytes;
  }
}
