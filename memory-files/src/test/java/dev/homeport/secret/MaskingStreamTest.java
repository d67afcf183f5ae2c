package dev.homeport.secret;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/// The stream must say what the masker says of the whole, wherever it is cut.
class MaskingStreamTest {
  private static final String BODY = "abcdefghijklmnopqrstuvwxyz0123456789";
  private static final String[] PIECES = {
    "ghp_" + BODY,
    "export A_TOKEN='correct horse battery'",
    "DB_PASSWORD=s3cr3t-s4uce-99",
    "postgres://app:s3cr3t@db/x",
    "-----BEGIN " + "PRIVATE KEY-----\n" + (BODY + "\n").repeat(60) + "-----END PRIVATE KEY-----",
    "Authorization: Bearer " + BODY,
    "eyJhbGciOiJIUzI1NiJ9." + "eyJzdWIiOiIxMjM0In0." + "c2lnbmF0dXJlc2ln".repeat(100),
    "abc8Q~" + BODY.substring(0, 34),
    "größe",
    "word",
    "\n",
    " ",
    " ",
    ",",
    "\"",
    "=",
    "export ",
    "-----BEGIN ",
    "://"
  };

  private static String random(Random random) {
    var text = new StringBuilder();
    boolean isOneLine = random.nextBoolean();
    while (text.length() < 400_000) {
      String piece = PIECES[random.nextInt(PIECES.length)];
      text.append(isOneLine ? piece.replace("\n", "\\n") : piece);
      if (random.nextInt(20) == 0) {
        text.append("filler ".repeat(random.nextInt(3_000)));
      }
      text.append(random.nextInt(4) > 0 ? " " : "");
    }
    return text.toString();
  }

  @RepeatedTest(20)
  void masksWhatTheMaskerMasks(RepetitionInfo seed) throws IOException {
    var random = new Random(seed.getCurrentRepetition());
    byte[] bytes = random(random).getBytes(UTF_8);
    var out = new ByteArrayOutputStream();
    var stream = new MaskingStream(out, SecretAllowList.NONE);

    for (int at = 0; at < bytes.length; ) {
      int length = Math.min(bytes.length - at, 1 + random.nextInt(100_000));
      stream.write(bytes, at, length);
      at += length;
    }
    stream.finish();

    MaskedText whole = SecretMasker.mask(new String(bytes, ISO_8859_1));
    assertThat(out.toString(ISO_8859_1)).isEqualTo(whole.text());
    assertThat(stream.masked()).isEqualTo(whole.total()).isPositive();
  }

  @Test
  void masksASecretInALineWithoutSpaces() throws IOException {
    String text =
        "{\"a\":" + "\"x1\",".repeat(1_000_000) + "\"ghp_" + BODY + "\"" + "y,".repeat(99_999);
    var out = new ByteArrayOutputStream();
    var stream = new MaskingStream(out, SecretAllowList.NONE);

    stream.write(text.getBytes(UTF_8));
    stream.finish();

    assertThat(out.toString(UTF_8)).isEqualTo(text.replace("ghp_" + BODY, "[masked github-token]"));
  }
}
