package dev.homeport.sandbox.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.sandbox.SandboxBackend;
import dev.homeport.sandbox.docker.DockerBackend;
import dev.homeport.sandbox.docker.SandboxImage;
import dev.homeport.sandbox.docker.SandboxImages;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/// What a build without a C compiler does.
@Tag("docker")
class ShellDockerTest extends SandboxContract {
  @BeforeAll
  static void makeImage() throws Exception {
    SandboxImages.open().buildHost();
  }

  @Override
  SandboxBackend backend() {
    return DockerBackend.of(SandboxImage.HOST).withoutAgent();
  }

  @Override
  void killSandbox() throws Exception {
    docker("rm", "-f", "-v", "homeport-" + ownInstance() + "-s1");
  }

  @Override
  void killEverything() throws Exception {
    killSandbox();
  }

  @Override
  void assertNothingLeft() throws Exception {
    String own = ownInstance().substring(0, 8);
    assertThat(docker("ps", "-a", "--format", "{{.Label \"dev.homeport.instance\"}}"))
        .noneMatch(instance -> instance.startsWith(own));
  }

  private String ownInstance() throws IOException {
    try (var entries = Files.list(directory.resolve("state"))) {
      return entries.filter(Files::isDirectory).findFirst().orElseThrow().getFileName().toString();
    }
  }

  private static List<String> docker(String... arguments) throws Exception {
    var argv = new ArrayList<>(List.of("docker"));
    argv.addAll(List.of(arguments));
    Process process = new ProcessBuilder(argv).start();
    List<String> lines = process.inputReader().lines().toList();
    assertThat(process.waitFor()).isZero();
    return lines;
  }
}
