package dev.homeport.sandbox.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.sandbox.ExecOutcome;
import dev.homeport.sandbox.ExecRequest;
import dev.homeport.sandbox.SandboxTemplate;
import dev.homeport.sandbox.docker.DockerBackend;
import dev.homeport.sandbox.docker.SandboxImage;
import dev.homeport.sandbox.docker.SandboxImages;
import dev.homeport.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The image for use, made here without a registry.
@Tag("docker")
class DebianImageTest {
  @TempDir Path directory;

  @Test
  void isMadeOfPackagesAndHasTheUsualPrograms() throws Exception {
    var progress = new ArrayList<String>();
    SandboxImage image = SandboxImages.open().buildDebian(List.of(), progress::add);

    assertThat(progress).hasSize(3).last().asString().contains(image.reference());
    Workspace workspace = Workspace.open(Files.createDirectory(directory.resolve("work")));
    try (Sandboxes sandboxes =
        Sandboxes.open(
            workspace,
            directory.resolve("state"),
            List.of(DockerBackend.standard()),
            SandboxTemplate.DEFAULT)) {
      assertPrints(sandboxes, "bash", "git init -q . && git status --short | wc -l", "0\n");
      assertPrints(
          sandboxes, "bash", "echo b a | tr ' ' '\\n' | sort | awk '{print $1}'", "a\nb\n");
      assertPrints(
          sandboxes, "python", "import sqlite3, ssl, json; print(json.dumps([1]))", "[1]\n");
    }
  }

  private static void assertPrints(
      Sandboxes sandboxes, String executor, String input, String expected) throws Exception {
    ExecOutcome outcome =
        sandboxes.execute(ExecRequest.of("s", executor, input), _ -> {}).outcome();
    assertThat(SandboxContract.printed(outcome)).isEqualTo(expected);
  }
}
