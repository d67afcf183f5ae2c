package dev.homeport.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.homeport.workspace.Sha256;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The tokens are put together at run time, so that no scanner takes this file for a leak.
class SecretMaskerTest {
  private static final String BODY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMN";

  @ParameterizedTest
  @CsvSource({
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
    "hf_, 34, REGISTRY_TOKEN",
    "ya29., 40, GOOGLE_KEY",
    "gldt-, 20, GITLAB_TOKEN",
    "hooks.slack.com/services/, 44, SLACK_TOKEN",
    "sk-admin-, 44, OPENAI_KEY",
    "rk_live_, 24, STRIPE_KEY",
    "whsec_, 32, STRIPE_KEY",
    "dckr_pat_, 27, SERVICE_TOKEN",
    "hvs., 24, SERVICE_TOKEN"
  })
  void masksATokenByItsPrefix(String prefix, int length, SecretKind kind) {
    String text = "key=" + prefix + BODY.substring(0, length) + ", and more";

    MaskedText masked = SecretMasker.mask(text);

    assertThat(masked.text()).isEqualTo("key=" + kind.mask() + ", and more");
    assertThat(masked.counts()).isEqualTo(Map.of(kind, 1));
  }

  @Test
  void masksKeysOfUpperCaseLettersAndDigits() {
    String aws = "AKIA" + "QWERTYUIOP234567";
    String age = "AGE-SECRET-KEY-1" + "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L".repeat(2).substring(0, 58);

    assertThat(SecretMasker.mask(aws + " " + age).text())
        .isEqualTo("[masked aws-key] [masked service-token]");
    assertThat(SecretMasker.mask("AKIA" + "qwertyuiop234567").counts()).isEmpty();
  }

  @Test
  void masksKeysInConnectionStrings() {
    String storage = BODY.repeat(2).substring(0, 86) + "==";

    assertThat(
            SecretMasker.mask("AccountName=a;AccountKey=" + storage + ";EndpointSuffix=x").text())
        .isEqualTo("AccountName=a;AccountKey=[masked azure-key];EndpointSuffix=x");
    assertThat(SecretMasker.mask("Server=db;User Id=app;Password=tr0ub4dor&3;").text())
        .isEqualTo("Server=db;User Id=app;Password=[masked connection-password];");
    assertThat(SecretMasker.mask("jdbc:postgresql://db/x?user=a&password=tr0ub4dor").text())
        .isEqualTo("jdbc:postgresql://db/x?user=a&password=[masked connection-password]");
    assertThat(SecretMasker.mask("secret abc8Q~" + BODY.substring(0, 34)).text())
        .isEqualTo("secret [masked azure-key]");
  }

  @Test
  void masksAuthorizationHeaders() {
    assertThat(SecretMasker.mask("-H 'authorization: Bearer 1/fFAGRNJru1FTz70BzhT3Zg'").text())
        .isEqualTo("-H 'authorization: Bearer [masked authorization]'");
    assertThat(SecretMasker.mask("{\"Authorization\": \"Basic Y2F0OmRvZzEyMzQ1\"}").text())
        .isEqualTo("{\"Authorization\": \"Basic [masked authorization]\"}");
  }

  @Test
  void masksAssignmentsOfSecretNamesAndShapes() {
    String text =
        """
        AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYzz01
        docker run -e DB_PASSWORD="s3cr3t-s4uce-9" x
        //registry.npmjs.org/:_authToken=0f1e2d3c-4b5a-6978
        """;

    assertThat(SecretMasker.mask(text).text())
        .isEqualTo(
            """
            AWS_SECRET_ACCESS_KEY=[masked assigned-secret]
            docker run -e DB_PASSWORD="[masked assigned-secret]" x
            //registry.npmjs.org/:_authToken=[masked assigned-secret]
            """);
  }

  @Test
  void leavesAloneWhatIsAllowedByValueOrDigest() {
    String one = "ghp_" + BODY.substring(0, 36);
    String two = "ghp_" + BODY.substring(5, 41);
    var allowed =
        new SecretAllowList(
            Set.of(one), Set.of(Sha256.hex(two.getBytes(UTF_8)).toUpperCase(Locale.ROOT)));

    assertThat(SecretMasker.mask(one + " " + two, allowed).text()).isEqualTo(one + " " + two);
    assertThat(
            SecretMasker.mask(one + " " + two, new SecretAllowList(Set.of(one), Set.of())).text())
        .isEqualTo(one + " [masked github-token]");
    assertThatThrownBy(() -> new SecretAllowList(Set.of(), Set.of("abc")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("64");
  }

  @Test
  void namesKindAndLineOfEachFinding() {
    String text = "one\r\ntwo ghp_" + BODY.substring(0, 36) + "\n\nredis://:s3cr3t!@cache\n";

    assertThat(SecretFinding.in(text, SecretAllowList.NONE))
        .containsExactly(
            new SecretFinding(SecretKind.GITHUB_TOKEN, 2),
            new SecretFinding(SecretKind.URL_PASSWORD, 4));
  }

  @Test
  void masksNothingTwice() {
    String once = SecretMasker.mask("export A_TOKEN=abcdefgh1234 postgres://u:s3cr3t@h").text();

    assertThat(SecretMasker.mask(once)).isEqualTo(new MaskedText(once, Map.of()));
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
  void takesOnlyWhatEndsInExampleForOne() {
    String token = "ghp_" + "EXAMPLE".repeat(5) + "0";

    assertThat(SecretMasker.mask("Bearer " + token).text())
        .isEqualTo("Bearer [masked github-token]");
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
            "export DEPLOY_TOKEN='[masked assigned-secret]'\n"
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
        "eyJhbGciOiJIUzI1NiJ9 alone is no token",
        "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        "Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ== and Authorization: Bearer <token>",
        "postgres://postgres:postgres@db and https://user:password@host and ftp://foo:bar@host",
        "TOKEN=abstract-syntax-tree-1 MAX_TOKEN=0x1234567890abcdef"
            + " SSH_KEY_PASSWORD=/run/secrets/db1",
        "if (A_TOKEN==b12c34d56e78f) x;password=e.password1;y",
        "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx and glpat-your-token-goes-here-1",
        "s=\"-----BEGIN PRIVATE KEY-----\"; read(s); e=\"-----END PRIVATE KEY-----\";"
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
        "-----BEGIN ",
        "-----BEGIN PRIVATE KEY-----a",
        "TOKEN=a1",
        ";password=a1",
        "authorization: bearer ",
        "eyJaaaaaaaaaa.eyJaaaaaaaaaa."
      })
  void isLinearOnTextThatAlmostMatches(String unit) {
    String text = unit.repeat(4_000_000 / unit.length());

    MaskedText masked =
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> SecretMasker.mask(text));

    assertThat(masked.text()).isNotEmpty();
  }
}
