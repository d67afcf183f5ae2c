package dev.homeport.sandbox.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.sandbox.ExecRequest;
import dev.homeport.sandbox.SandboxTemplate;
import dev.homeport.sandbox.bubblewrap.BubblewrapBackend;
import dev.homeport.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who opens no network pays for none.
@Tag("bubblewrap")
class LoadedClassesTest {
  @TempDir Path directory;

  /// Runs a command in a sandbox of the default template.
  static final class Main {
    private Main() {}

    public static void main(String[] arguments) throws Exception {
      try (Sandboxes sandboxes =
          Sandboxes.open(
              Workspace.open(Path.of(arguments[0])),
              Path.of(arguments[1]),
              List.of(BubblewrapBackend.overlaying()),
              SandboxTemplate.DEFAULT)) {
        var done = sandboxes.execute(ExecRequest.of("s", "bash", "echo done"), _ -> {});
        System.out.println(SandboxContract.printed(done.outcome()).strip());
      }
    }
  }

  @Test
  void loadsNothingOfTheProxyWithoutARule() throws Exception {
    Path log = directory.resolve("classes");
    Path work = Files.createDirectory(directory.resolve("work"));
    String classPath = OtherProcess.classPath();
    String state = directory.resolve("state").toString();
    ProcessBuilder builder =
        OtherProcess.java(List.of(), classPath, Main.class, work.toString(), state)
            .redirectErrorStream(false)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("JDK_JAVA_OPTIONS", "-Xlog:class+load=info:file=" + log);

    Process process = builder.start();

    assertThat(process.inputReader().readLine()).isEqualTo("done");
    assertThat(process.waitFor()).isZero();
    assertThat(Files.readString(log))
        .contains("dev.homeport.sandbox.session.Ways")
        .doesNotContain("dev.homeport.sandbox.egress.proxy", "dev.homeport.sandbox.egress.http")
        .doesNotContain("org.bouncycastle", "org.apache.hc.core5");
  }
}
