package dev.homeport.sandbox.session;

import dev.homeport.sandbox.SandboxBackend;
import dev.homeport.sandbox.docker.DockerBackend;
import dev.homeport.sandbox.docker.SandboxImage;
import dev.homeport.sandbox.docker.SandboxImages;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

@Tag("docker")
class DockerSoakTest extends Soak {
  @BeforeAll
  static void makeImage() throws Exception {
    SandboxImages.open().buildHost();
  }

  @Override
  SandboxBackend backend() {
    return DockerBackend.of(SandboxImage.HOST);
  }
}
