package dev.homeport.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextDecoderTest {
  private static final String GERMAN =
      "Die Fähre legt um fünf Uhr ab; für größere Schiffe müssen Lotsen geschickt werden.\n";

  @ParameterizedTest
  @CsvSource({
    "windows-1251, Корабль вошёл в гавань на рассвете и встал у старого причала рядом с маяком.",
    "KOI8-R, Корабль вошёл в гавань на рассвете и встал у старого причала рядом с маяком.",
    "Shift_JIS, 船は夜明けに港に入り、灯台のそばの古い桟橋に停泊した。乗組員はみな疲れていた。",
    "EUC-KR, 배는 새벽에 항구로 들어와 등대 옆의 오래된 부두에 정박했다. 선원들은 모두 지쳐 있었다.",
    "GB18030, 船在黎明时分驶入港口，停泊在灯塔旁边的旧码头。所有的船员都已经非常疲倦了。"
  })
  void guessesTheCharsetOfLegacyText(String charset, String text) {
    assertThat(decoded(text.repeat(3), Charset.forName(charset))).isEqualTo(text.repeat(3));
  }

  @Test
  void takesWesternTextForWhatItIs() {
    assertThat(decoded(GERMAN, StandardCharsets.ISO_8859_1)).isEqualTo(GERMAN);
    assertThat(decoded("naïve", StandardCharsets.ISO_8859_1)).isEqualTo("naïve");
    assertThat(decoded("10 €", Charset.forName("windows-1252"))).isEqualTo("10 €");
  }

  @Test
  void followsByteOrderMarksAndLeavesThemOut() {
    assertThat(decoded("\uFEFF" + GERMAN, StandardCharsets.UTF_8)).isEqualTo(GERMAN);
    assertThat(decoded("\uFEFF" + GERMAN, StandardCharsets.UTF_16LE)).isEqualTo(GERMAN);
    assertThat(decoded("\uFEFF" + GERMAN, StandardCharsets.UTF_16BE)).isEqualTo(GERMAN);
  }

  @Test
  void isNotConfusedByUtf8ThatEndsWithinACharacter() {
    byte[] bytes = "Fähre €".getBytes(StandardCharsets.UTF_8);

    assertThat(TextDecoder.text(bytes, bytes.length)).isEqualTo("Fähre €");
    assertThat(TextDecoder.text(bytes, bytes.length - 1)).isEqualTo("Fähre ");
    assertThat(TextDecoder.text(bytes, 2)).isEqualTo("F");
    assertThat(TextDecoder.text(bytes, 0)).isEmpty();
  }

  @Test
  void findsNoTextInBinaryBytes() {
    byte[] bytes = GERMAN.getBytes(StandardCharsets.UTF_8);
    bytes[20] = 0;

    assertThat(TextDecoder.text(bytes, bytes.length)).isEmpty();
  }

  @Test
  void takesAnyBytesAsSomeText() {
    byte[] bytes = new byte[255];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i + 1);
    }

    assertThat(TextDecoder.text(bytes, bytes.length)).startsWith("\u0001\u0002").contains("ABC");
    byte[] high = Arrays.copyOfRange(bytes, 127, 255);
    assertThat(TextDecoder.text(high, high.length)).isNotEmpty();
  }

  private static String decoded(String text, Charset charset) {
    byte[] bytes = text.getBytes(charset);
    return TextDecoder.text(bytes, bytes.length);
  }
}
