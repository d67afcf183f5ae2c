package dev.homeport.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// How often honest text is taken for a secret. `docs/secrets.md` has the figures.
class SecretRateTest {
  private static final Path JDK = Path.of(System.getProperty("java.home"));
  private static final Path REPOSITORY =
      Objects.requireNonNull(Path.of("").toAbsolutePath().getParent());

  @Test
  void takesAlmostNothingInTheTextsOfTheJdkForASecret() throws IOException {
    var rate = new SecretRate();

    rate.scan(JDK.resolve("legal"));
    if (Files.exists(JDK.resolve("lib/src.zip"))) { // a package of its own in some distributions
      rate.scan(JDK.resolve("lib/src.zip"));
    }

    assertThat(rate.mebibytes()).isGreaterThan(0.3);
    assertThat(rate.perMebibyte()).as("%s: %s", rate, rate.hits()).isLessThan(0.05);
  }

  /// Here the tests and a log of the sample hold made-up secrets, and they alone.
  @Test
  void takesNothingInThisRepositoryForASecretButWhatTestsMakeUp() throws IOException {
    var rate = new SecretRate();

    rate.scan(REPOSITORY);

    assertThat(rate.mebibytes()).isGreaterThan(1);
    assertThat(rate.hits())
        .allMatch(hit ->
            hit.place().contains("/src/test/") || hit.place().contains("/samples/workspace/logs/"));
  }
}
