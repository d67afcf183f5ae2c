package dev.homeport.sandbox.egress.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestPathTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api",
        "/api/",
        "/api/x?y=/../z",
        "/api/a%20b",
        "/api/group%2Fproject",
        "/api/100%25",
        "/api/%C3%BC",
        "/api//x",
        "/api/..x/x..",
        "/api/a;b=c"
      })
  void liesBelowThePrefix(String target) {
    assertThat(RequestPath.parse(target))
        .hasValueSatisfying(path -> assertThat(path.isBelow("/api")).isTrue());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/ap", "/apix", "/api%2fx", "/%61pi/x", "/API/x", "//api/x", "/admin?/api/"})
  void liesElsewhere(String target) {
    assertThat(RequestPath.parse(target))
        .hasValueSatisfying(path -> assertThat(path.isBelow("/api")).isFalse());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "api",
        "/api/../admin",
        "/api/..",
        "/api/./x",
        "/api/%2e%2e/admin",
        "/api/%2E%2e/admin",
        "/api/.%2e/admin",
        "/api/%252e%252e/admin",
        "/api/%25252e%25252e/admin",
        "/api/x%2f..%2fadmin",
        "/api/..%2fadmin",
        "/api/..%5cadmin",
        "/api\\..\\admin",
        "/api/..;/admin",
        "/api/..;x=y/admin",
        "/api/%2e%2e;/admin",
        "/api/..%20/admin",
        "/api/..%09/admin",
        "/api/%00",
        "/api/%c0%ae%c0%ae/admin",
        "/api/%ff",
        "/api/%u002e%u002e/admin",
        "/api/%2",
        "/api/%zz",
        "/api#x",
        "/api x",
        "/api/ü",
        "/api/\r\nHost: evil"
      })
  void hasNoCertainMeaning(String target) {
    assertThat(RequestPath.parse(target)).isEmpty();
  }
}
