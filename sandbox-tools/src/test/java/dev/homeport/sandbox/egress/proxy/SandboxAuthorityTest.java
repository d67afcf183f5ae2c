package dev.homeport.sandbox.egress.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxAuthorityTest {
  @TempDir Path directory;

  @Test
  void staysTheSameForItsSandbox() throws Exception {
    var first = SandboxAuthority.open(directory).certificate();
    var again = SandboxAuthority.open(directory).certificate();

    assertThat(again).isEqualTo(first);
    again.verify(again.getPublicKey());
    assertThat(again.getBasicConstraints()).isZero();
    assertThat(again.getNotBefore()).isBefore(Instant.now().minus(Duration.ofDays(1)));
  }

  @Test
  void isAnotherForEachSandbox() throws Exception {
    Path other = Files.createDirectory(directory.resolve("other"));

    assertThat(SandboxAuthority.open(other).certificate())
        .isNotEqualTo(SandboxAuthority.open(directory).certificate());
  }

  @Test
  void keepsItsKeyForThisUserAlone() throws Exception {
    SandboxAuthority.open(directory);

    try (var files = Files.list(directory)) {
      assertThat(files)
          .hasSize(2)
          .allSatisfy(file ->
              assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                  .isEqualTo("rw-------"));
    }
  }
}
