package dev.homeport.sandbox.session;

import dev.homeport.sandbox.SandboxBackend;
import dev.homeport.sandbox.docker.DockerBackend;
import dev.homeport.sandbox.docker.SandboxImage;
import dev.homeport.sandbox.docker.SandboxImages;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

@Tag("docker")
class DockerEgressTest extends EgressContract {
  @BeforeAll
  static void makeImage() throws Exception {
    SandboxImages.open().buildHost();
  }

  @Override
  SandboxBackend backend() {
    return DockerBackend.of(SandboxImage.HOST);
  }

  @Override
  SandboxBackend withoutAgent() {
    return DockerBackend.of(SandboxImage.HOST).withoutAgent();
  }

  @Override
  List<ProcessHandle> processes() throws Exception {
    String name = "homeport-" + KilledServer.instance(directory.resolve("state")) + "-s1";
    Process inspect = new ProcessBuilder("docker", "inspect", "-f", "{{.State.Pid}}", name).start();
    ProcessHandle agent =
        ProcessHandle.of(Long.parseLong(inspect.inputReader().readLine())).orElseThrow();
    return Stream.concat(Stream.of(agent), agent.descendants()).toList();
  }
}
