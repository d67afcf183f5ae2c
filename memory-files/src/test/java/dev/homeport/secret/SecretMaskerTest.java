package dev.homeport.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The tokens are put together at run time, so that no scanner takes this file for a leak.
class SecretMaskerTest {
  private static final String BODY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMN";

  @ParameterizedTest
  @CsvSource({
    "AKIA, 16, AWS_KEY",
    "AIza, 35, GOOGLE_KEY",
    "ghp_, 36, GITHUB_TOKEN",
    "github_pat_, 40, GITHUB_TOKEN",
    "glpat-, 20, GITLAB_TOKEN",
    "xoxb-, 30, SLACK_TOKEN",
    "sk-ant-, 40, ANTHROPIC_KEY",
    "sk-proj-, 44, OPENAI_KEY",
    "sk-, 48, OPENAI_KEY",
    "sk_live_, 24, STRIPE_KEY",
    "npm_, 36, REGISTRY_TOKEN",
    "hf_, 34, REGISTRY_TOKEN"
  })
  void masksATokenByItsPrefix(String prefix, int length, SecretKind kind) {
    String text = "key=" + prefix + BODY.substring(0, length) + ", and more";

    MaskedText masked = SecretMasker.mask(text);

    assertThat(masked.text()).isEqualTo("key=" + kind.mask() + ", and more");
    assertThat(masked.counts()).isEqualTo(Map.of(kind, 1));
  }

  @Test
  void masksAPrivateKeyEvenIfItsEndIsMissing() {
    String key = "-----BEGIN RSA " + "PRIVATE KEY-----\n" + BODY + "\n" + BODY + "\n";

    assertThat(SecretMasker.mask("a\n" + key + "-----END RSA PRIVATE KEY-----\nb").text())
        .isEqualTo("a\n[masked private-key]\nb");
    assertThat(SecretMasker.mask("a\n" + key + "(cut)").text())
        .isEqualTo("a\n[masked private-key](cut)");
  }

  @Test
  void masksOnlyThePasswordOfAUrl() {
    MaskedText masked = SecretMasker.mask("DB=postgres://app:s3cr3t:x@db.local/app?ssl=1");

    assertThat(masked.text())
        .isEqualTo("DB=postgres://app:[masked url-password]@db.local/app?ssl=1");
  }

  @Test
  void masksJsonWebTokens() {
    String token = "eyJhbGciOiJIUzI1NiJ9." + "eyJzdWIiOiIxMjM0In0." + "c2lnbmF0dXJlc2ln";

    assertThat(SecretMasker.mask("Bearer " + token).text())
        .isEqualTo("Bearer [masked json-web-token]");
  }

  @Test
  void masksExportedSecretsAndNamesKnownTokens() {
    String text =
        "export DEPLOY_TOKEN='correct horse'\nexport GH_TOKEN=ghp_" + BODY.substring(0, 36);

    assertThat(SecretMasker.mask(text).text())
        .isEqualTo(
            "export DEPLOY_TOKEN='[masked exported-secret]'\n"
                + "export GH_TOKEN=[masked github-token]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AKIAIOSFODNN7EXAMPLE is the key of the documentation",
        "sk-learn, task-proj-list and ghp_short",
        "postgres://user:$PASSWORD@host and https://user:<password>@host",
        "https://example.org:8080/@scope/name and git@github.com:a/b",
        "export PATH=/usr/bin:/bin",
        "export API_TOKEN=$(cat token) and export API_TOKEN=${TOKEN}",
        "-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----",
        "the header -----BEGIN PRIVATE KEY----- starts a key",
        "eyJhbGciOiJIUzI1NiJ9 alone is no token"
      })
  void leavesHonestTextAlone(String text) {
    assertThat(SecretMasker.mask(text)).isEqualTo(new MaskedText(text, Map.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-----BEGIN PRIVATE KEY-----",
        "eyJaaaaaaaaaa.",
        "a://",
        "a://b:",
        "export A_TOKEN=",
        "sk-ant-",
        "ghs_a.",
        "-----BEGIN "
      })
  void isLinearOnTextThatAlmostMatches(String unit) {
    String text = unit.repeat(4_000_000 / unit.length());

    MaskedText masked =
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> SecretMasker.mask(text));

    assertThat(masked.text()).isNotEmpty();
  }
}
