package dev.homeport.sandbox.session;

import dev.homeport.sandbox.docker.SandboxImages;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

@Tag("docker")
class AdoptedDockerTest extends AdoptedSandbox {
  @BeforeAll
  static void makeImage() throws Exception {
    SandboxImages.open().buildHost();
  }

  @Override
  String backend() {
    return "docker";
  }
}
