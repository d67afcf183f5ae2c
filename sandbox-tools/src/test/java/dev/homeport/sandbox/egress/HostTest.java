package dev.homeport.sandbox.egress;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostTest {
  @ParameterizedTest
  @CsvSource({
    "api.example.com, api.example.com",
    "API.Example.COM., api.example.com",
    "xn--mnchen-3ya.de, xn--mnchen-3ya.de",
    "192.0.2.7, 192.0.2.7",
    "[2001:db8::7], 2001:db8:0:0:0:0:0:7",
    "2001:DB8::7, 2001:db8:0:0:0:0:0:7",
    "[::ffff:127.0.0.1], 127.0.0.1",
  })
  void hasOneForm(String text, String name) {
    assertThat(Host.parse(text).map(Host::name)).contains(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0x7f.0.0.1",
        "0177.0.0.1",
        "127.0.0.1.example.1",
        "256.0.0.1",
        "a..b",
        "a b",
        "user@example.com",
        "example.com/path",
        "ex%61mple.com",
        "münchen.de",
        "[127.0.0.1]",
        "[fe80::1%eth0]",
        "[::1",
        "fe80::1%25eth0"
      })
  void isNoAddressInDisguise(String text) {
    assertThat(Host.parse(text)).isEmpty();
  }

  @Test
  void namesBelowADomainAreNotTheDomain() {
    HostPattern pattern = HostPattern.parse("*.example.com");

    assertThat(pattern.matches(host("a.example.com"))).isTrue();
    assertThat(pattern.matches(host("a.b.example.com"))).isTrue();
    assertThat(pattern.matches(host("example.com"))).isFalse();
    assertThat(pattern.matches(host("badexample.com"))).isFalse();
    assertThat(pattern.matches(host("example.com.evil.org"))).isFalse();
  }

  private static Host host(String text) {
    return Host.parse(text).orElseThrow();
  }
}
