package dev.homeport.sandbox.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.sandbox.docker.SandboxImages;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

@Tag("docker")
class KilledDockerServerTest extends KilledServer {
  @BeforeAll
  static void makeImage() throws Exception {
    SandboxImages.open().buildHost();
  }

  @Override
  String backend() {
    return "docker";
  }

  @Override
  String sleep() {
    return "4342";
  }

  @Override
  void assertNothingLeft(String instance) throws Exception {
    String label = "label=dev.homeport.instance=" + instance;
    assertThat(docker("ps", "-aq", "--filter", label)).isEmpty();
    assertThat(docker("volume", "ls", "-q", "--filter", label)).isEmpty();
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
