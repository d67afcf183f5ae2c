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
import org.junit.jupiter.api.Test;

@Tag("docker")
class DockerSandboxTest extends SandboxContract {
  @BeforeAll
  static void makeImage() throws Exception {
    SandboxImages.open().buildHost();
  }

  @Override
  SandboxBackend backend() {
    return DockerBackend.of(SandboxImage.HOST);
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

  @Test
  void cannotReachTheAgent() throws Exception {
    assertPrints(
        "kill -9 1; kill -STOP 1; cat /proc/1/environ /proc/1/mem /proc/1/maps 2>/dev/null | wc -c;"
            + " ls -l /proc/1/fd 2>/dev/null | grep -c -- '->'; find / -xdev -type s 2>/dev/null;"
            + " true",
        "0\n0");
  }

  @Test
  void sweepsContainersOfDeadServersWithTheSameStateOnly() throws Exception {
    String dead = run(ownInstance().substring(0, 8) + "dead");
    String foreign = run("ffffffffdead");
    String label = "dev.homeport.instance=" + ownInstance().substring(0, 8) + "dead";
    String volume = docker("volume", "create", "--label", label).getFirst();
    try {
      assertPrints("echo mine", "mine");

      sandboxes.sweep();

      assertThat(docker("ps", "-q", "--no-trunc")).contains(foreign).doesNotContain(dead);
      assertThat(docker("volume", "ls", "-q")).doesNotContain(volume);
      assertPrints("echo mine", "mine");
    } finally {
      docker("rm", "-f", foreign);
    }
  }

  private static String run(String instance) throws Exception {
    String label = "dev.homeport.instance=" + instance;
    String image = SandboxImage.HOST.reference();
    return docker("run", "-d", "--label", label, "-v", "/usr:/usr:ro", image, "sleep", "600")
        .getFirst();
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
