package dev.homeport.sandbox.session;

import dev.homeport.sandbox.docker.SandboxImages;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

@Tag("docker")
class SecretScanDockerTest extends SecretScan {
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
    return "4344";
  }

  @Override
  List<ProcessHandle> processes(Process owner, String instance) throws Exception {
    String name = "homeport-" + instance + "-s1";
    Process inspect = new ProcessBuilder("docker", "inspect", "-f", "{{.State.Pid}}", name).start();
    long first = Long.parseLong(inspect.inputReader().readLine());
    ProcessHandle agent = ProcessHandle.of(first).orElseThrow();
    return Stream.concat(Stream.of(agent), agent.descendants()).toList();
  }
}
