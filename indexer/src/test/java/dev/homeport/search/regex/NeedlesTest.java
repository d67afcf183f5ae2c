package dev.homeport.search.regex;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NeedlesTest {
  private static Optional<Needles> of(String pattern, CompiledPattern.Option... options)
      throws RegexSyntaxException {
    return CompiledPattern.compile(pattern, Set.of(options)).needles();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "mutex_lock --mutex_lock-- 2",
        "TODO|FIXME aFIXMETODO 1",
        "kmalloc\\( x=kmalloc(3) 2",
        "\\w+_sys_open\\b do_sys_open 2",
        "(read|write)_lock_irq a_read_lock_irq 6",
        "(ab){2,} xxab 2",
        "[0-9]+UL|ULL0 7UL 1",
        "Mü.*ller Müller 0"
      })
  void standWhereAMatchMayBe(String pattern, String text, int index) throws Exception {
    byte[] bytes = text.getBytes(UTF_8);

    assertThat(of(pattern).orElseThrow().in(bytes, 0, bytes.length).from(0)).isEqualTo(index);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\w+", "q", "(abc)?", "abc|d*", "ab{0,3}", "[xy]{4}", "^$", "a|b|c"})
  void areNotToldFromPatternsThatMatchWithoutThem(String pattern) throws Exception {
    assertThat(of(pattern)).isEmpty();
  }

  @Test
  void areNotToldWhereCaseDoesNotCount() throws Exception {
    assertThat(of("deadlock", CompiledPattern.Option.IGNORE_CASE)).isEmpty();
  }

  @Test
  void areExactForPlainStringsOnly() throws Exception {
    assertThat(of("TODO|FIXME").orElseThrow().isExact()).isTrue();
    assertThat(of("a.b", CompiledPattern.Option.LITERAL).orElseThrow().isExact()).isTrue();
    assertThat(of("TODO\\b").orElseThrow().isExact()).isFalse();
    assertThat(of("^TODO").orElseThrow().isExact()).isFalse();
  }

  @Test
  void areFoundOneAfterAnother() throws Exception {
    byte[] bytes = "ab cd ab".getBytes(UTF_8);
    Needles.Cursor cursor = of("ab|cd").orElseThrow().in(bytes, 1, bytes.length);

    assertThat(cursor.from(1)).isEqualTo(3);
    assertThat(cursor.from(4)).isEqualTo(6);
    assertThat(cursor.from(7)).isEqualTo(-1);
  }
}
