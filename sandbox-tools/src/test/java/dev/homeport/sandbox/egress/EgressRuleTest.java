package dev.homeport.sandbox.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EgressRuleTest {
  private static final SecretSource TOKEN = SecretSource.parse("env:TOKEN");

  private static EgressRule rule(String host, List<String> paths, Optional<Credential> credential) {
    return new EgressRule(
        HostPattern.parse(host), EgressRule.HTTPS, List.of(), paths, List.of(), credential);
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "/a/../b", "/a//b", "/a%2fb", "/a?b", "/a;b", "/./a", "/a b", "/ä"})
  void takesOnlyPathsWithOneMeaning(String path) {
    assertThatThrownBy(() -> rule("example.com", List.of(path), Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("path '" + path + "'");
  }

  @Test
  void givesACredentialToOneHostOnly() {
    var credential = new Credential("Authorization", "Bearer ${secret}", TOKEN);

    assertThatThrownBy(() -> rule("*.example.com", List.of(), Optional.of(credential)))
        .hasMessage("a credential needs one host, but *.example.com stands for many");
  }

  @Test
  void putsTheSecretIntoTheHeader() {
    assertThat(new Credential("Authorization", "Bearer ${secret}", TOKEN).fill("s3cr3t"))
        .isEqualTo("Bearer s3cr3t");
    assertThat(new Credential("Authorization", "Basic ${basic:me}", TOKEN).fill("s3cr3t"))
        .isEqualTo("Basic bWU6czNjcjN0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Host", "content-length", "Transfer-Encoding", "X Y", "", "A:B"})
  void setsNoHeaderThatFramesAMessage(String header) {
    assertThatThrownBy(() -> new Credential(header, "${secret}", TOKEN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void needsAPlaceForTheSecret() {
    assertThatThrownBy(() -> new Credential("Authorization", "Bearer s3cr3t", TOKEN))
        .hasMessageContaining("${secret}");
  }

  @Test
  void aBaseUrlNeedsARuleAndHttps() {
    assertThatThrownBy(() ->
            new EgressPolicy(
                List.of(EgressRule.of("example.com")),
                List.of(BaseUrl.parse("API_URL=https://other.example/v1")),
                List.of()))
        .hasMessage("API_URL needs a rule for other.example and port 443");
    assertThatThrownBy(() -> BaseUrl.parse("API_URL=http://example.com/v1"))
        .hasMessage("API_URL must have an https URL, as its host is no loopback address");
    assertThat(BaseUrl.parse("API_URL=http://127.0.0.1:11434/v1").port()).isEqualTo(11_434);
  }

  @Test
  void saysWhatItAllowsInOneLine() {
    var credential = new Credential("Authorization", "Bearer ${secret}", TOKEN);

    assertThat(rule("api.example.com", List.of("/v1"), Optional.of(credential)))
        .hasToString(
            "api.example.com:443 /v1 with Authorization 'Bearer ${secret}' from env:TOKEN");
  }
}
