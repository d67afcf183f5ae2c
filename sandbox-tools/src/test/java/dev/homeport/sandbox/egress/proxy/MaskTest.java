package dev.homeport.sandbox.egress.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskTest {
  private static final Mask MASK = new Mask(List.of("aab-secret"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nothing",
        "aab-secret",
        "xaab-secretx",
        "aaab-secret aab-secre",
        "aab-secretaab-secret",
        "aab-aab-secret"
      })
  void putsAsManyAsterisksInItsPlace(String text) throws Exception {
    String expected = text.replace("aab-secret", "**********");

    assertThat(MASK.cover(text)).isEqualTo(expected);
    assertThat(read(MASK.cover(new ByteArrayInputStream(text.getBytes(UTF_8)))))
        .isEqualTo(expected);
  }

  @Test
  void findsItHoweverTheBytesArrive() throws Exception {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      var text = new StringBuilder();
      while (text.length() < 60) {
        text.append(
            List.of("a", "aa", "aab-", "aab-secret", "secret", "b", " ").get(random.nextInt(7)));
      }
      byte[] bytes = text.toString().getBytes(UTF_8);

      String covered = read(MASK.cover(inPieces(bytes, random)));

      assertThat(covered)
          .as("seed %d", seed)
          .isEqualTo(text.toString().replace("aab-secret", "**********"));
    }
  }

  private static InputStream inPieces(byte[] bytes, Random random) {
    return new ByteArrayInputStream(bytes) {
      @Override
      public synchronized int read(byte[] target, int offset, int length) {
        return super.read(target, offset, Math.min(length, 1 + random.nextInt(12)));
      }
    };
  }

  private static String read(InputStream input) throws Exception {
    return new String(input.readAllBytes(), UTF_8);
  }
}
