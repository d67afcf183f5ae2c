package dev.homeport.server.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "null",
        "true",
        "\"a\\nb ☃ \\u0000\"",
        "{\"a\":1,\"b\":[1.5,-3,12345678901234567890,{\"c\":null}],\"\":false}",
        "9007199254740993"
      })
  void writesWhatItRead(String json) throws Exception {
    assertThat(written(read(json))).isEqualTo(json);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", "{", "[1,]", "{\"a\"}", "{a:1}", "1 2", "nul", "\"a", "{} x", "NaN", "01"
      })
  void refusesWhatIsNoJson(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(BadJsonException.class);
  }

  @Test
  void takesNestingUpToItsLimit() throws Exception {
    assertThat(read("[".repeat(Json.DEEPEST) + "]".repeat(Json.DEEPEST))).isInstanceOf(List.class);
    String deeper = "[".repeat(Json.DEEPEST + 1) + "]".repeat(Json.DEEPEST + 1);
    assertThatThrownBy(() -> read(deeper)).isInstanceOf(BadJsonException.class);
  }

  @Test
  void takesAllBytesForUtf8() {
    var likeUtf32 = new byte[] {0, 0, 0, '{', 'a', (byte) 0xFF, 0, '"'};
    var utf16 = "{}".getBytes(StandardCharsets.UTF_16LE);

    for (byte[] bytes : List.of(likeUtf32, utf16)) {
      assertThatThrownBy(() -> Json.read(new ByteArrayInputStream(bytes)))
          .isInstanceOf(BadJsonException.class);
    }
  }

  @Test
  void takesTheLastOfEqualKeys() throws Exception {
    assertThat(read("{\"a\":1,\"a\":2}")).isEqualTo(Map.of("a", 2));
  }

  @Test
  void writesOneLineAndLeavesTheStreamOpen() throws Exception {
    var out =
        new ByteArrayOutputStream() {
          @Override
          public void close() {
            throw new AssertionError("closed");
          }
        };

    Json.write(Map.of("a", "b\nc", "d", new BigDecimal("1.50")), out);

    assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("\n").contains("1.50");
  }

  @Test
  void refusesToWriteWhatIsNoJson() {
    assertThatThrownBy(() -> written(new Object())).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> written(List.of('c'))).isInstanceOf(IllegalArgumentException.class);
  }

  private static @Nullable Object read(String json) throws BadJsonException, IOException {
    return Json.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
  }

  private static String written(@Nullable Object value) throws IOException {
    var out = new ByteArrayOutputStream();
    Json.write(value, out);
    return out.toString(StandardCharsets.UTF_8);
  }
}
