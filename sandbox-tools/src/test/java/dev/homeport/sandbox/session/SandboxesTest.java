package dev.homeport.sandbox.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.sandbox.Availability;
import dev.homeport.sandbox.ExecOutcome;
import dev.homeport.sandbox.ExecRequest;
import dev.homeport.sandbox.Sandbox;
import dev.homeport.sandbox.SandboxBackend;
import dev.homeport.sandbox.SandboxSpec;
import dev.homeport.sandbox.SandboxTemplate;
import dev.homeport.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxesTest {
  @TempDir Path directory;

  /// A backend that is never there and notes which instances a sweep finds alive.
  private static final class MissingBackend implements SandboxBackend {
    private final List<String> asked = new ArrayList<>();
    private final List<String> alive = new ArrayList<>();

    @Override
    public String name() {
      return "missing";
    }

    @Override
    public Availability availability() {
      return new Availability.Unavailable("not installed", "install it with `get missing`");
    }

    @Override
    public Sandbox create(SandboxSpec spec) {
      throw new IllegalStateException("never available");
    }

    @Override
    public void sweep(Path instances, Predicate<String> lives) {
      asked.stream().filter(lives).forEach(alive::add);
    }
  }

  private Sandboxes open(SandboxBackend... backends) throws IOException {
    return Sandboxes.open(
        Workspace.open(Files.createDirectories(directory.resolve("work"))),
        directory.resolve("state"),
        List.of(backends),
        SandboxTemplate.DEFAULT);
  }

  @Test
  void refusesToRunWithoutABackendAndNamesTheInstallCommand() throws Exception {
    try (Sandboxes sandboxes = open(new MissingBackend())) {
      ExecResult result =
          sandboxes.execute(ExecRequest.of("s", "bash", "touch /tmp/never"), _ -> {});

      assertThat(result.outcome())
          .isEqualTo(
              new ExecOutcome.Refused(
                  "No sandbox backend works here, so nothing was run. missing: not installed;"
                      + " install it with `get missing`."));
    }
  }

  @Test
  void sweepsWhatADeadServerLeftAndNothingElse() throws Exception {
    Path state = Files.createDirectories(directory.resolve("state"));
    var backend = new MissingBackend();
    try (Sandboxes other = open();
        Sandboxes sandboxes = open(backend)) {
      assertThat(other.list("s")).isEmpty();
      List<String> live = directories(state);
      String prefix = live.getFirst().substring(0, 8);
      Files.createDirectories(state.resolve(prefix + "dead1/s1/upper"));
      Files.createDirectories(state.resolve(prefix + "dead2"));
      Files.writeString(state.resolve(prefix + "dead2.lease"), "1 1");
      backend.asked.addAll(directories(state));
      backend.asked.add("foreign");

      sandboxes.sweep();

      assertThat(backend.alive).containsExactlyInAnyOrder(live.get(0), live.get(1), "foreign");
      assertThat(directories(state)).containsExactlyInAnyOrderElementsOf(live);
      assertThat(state.resolve(prefix + "dead2.lease")).doesNotExist();
    }
    assertThat(state).isEmptyDirectory();
  }

  private static List<String> directories(Path state) throws IOException {
    try (var entries = Files.list(state)) {
      return entries
          .filter(Files::isDirectory)
          .map(entry -> entry.getFileName().toString())
          .toList();
    }
  }
}
