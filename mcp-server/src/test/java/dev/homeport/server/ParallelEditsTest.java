package dev.homeport.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.server.transport.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Many edits of one file at once: of those at places of their own none may be lost, of those at
/// one place exactly one succeeds.
@Timeout(240)
class ParallelEditsTest {
  private static final int PROCESSES = 4;

  @TempDir Path temporary;

  private Path workspace;
  private final List<ServerProcess> servers = new ArrayList<>();

  @BeforeEach
  void start() throws IOException, InterruptedException {
    workspace = Files.createDirectory(temporary.resolve("workspace"));
    var environment = Map.of("HOME", temporary.resolve("home").toString());
    for (int i = 0; i < PROCESSES; i++) {
      ServerProcess server =
          ServerProcess.start(
              environment, Main.class, "stdio", "--workspace", workspace.toString());
      servers.add(server);
      server.handshake();
    }
  }

  @AfterEach
  void stop() {
    servers.forEach(ServerProcess::close);
  }

  /// The two ways to edit a file.
  private enum Way {
    MEMORY(".homeport/memory/anchors.md", "memory"),
    FILE("anchors.md", "edit_file");

    private final String file;
    private final String tool;

    Way(String file, String tool) {
      this.file = file;
      this.tool = tool;
    }

    Map<String, ?> replace(String old, String fresh) {
      return switch (this) {
        case MEMORY ->
            Map.of(
                "command",
                "str_replace",
                "path",
                "/memories/anchors.md",
                "old_str",
                old,
                "new_str",
                fresh);
        case FILE ->
            Map.of("path", file, "edits", List.of(Map.of("old_text", old, "new_text", fresh)));
      };
    }
  }

  @TestFactory
  Stream<DynamicTest> allEditsSurvive() {
    return Stream.of(Way.values())
        .flatMap(way ->
            Stream.of(20, 200)
                .flatMap(edits ->
                    Stream.of(1, PROCESSES)
                        .map(processes ->
                            DynamicTest.dynamicTest(
                                "%d edits by %s in %d processes".formatted(edits, way, processes),
                                () -> allSurvive(way, edits, servers.subList(0, processes))))));
  }

  private void allSurvive(Way way, int edits, List<ServerProcess> used)
      throws IOException, InterruptedException {
    Path file = workspace.resolve(way.file);
    AttackGround.file(file, anchors(edits, "open"));

    long successes =
        successes(way, edits, used, i -> way.replace("<" + i + "> open", "<" + i + "> done"));

    assertThat(successes).isEqualTo(edits);
    assertThat(file).hasContent(anchors(edits, "done"));
  }

  private static String anchors(int count, String state) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> "<" + i + "> " + state + "\n")
        .collect(Collectors.joining());
  }

  @TestFactory
  Stream<DynamicTest> exactlyOneHasTheSameAnchor() {
    return Stream.of(Way.values())
        .map(way -> DynamicTest.dynamicTest(way.toString(), () -> exactlyOne(way)));
  }

  private void exactlyOne(Way way) throws IOException, InterruptedException {
    Path file = workspace.resolve(way.file);
    AttackGround.file(file, "free\n");

    long successes = successes(way, 40, servers, i -> way.replace("free", "taken by " + i));

    assertThat(successes).isEqualTo(1);
    assertThat(Files.readString(file)).startsWith("taken by ").hasLineCount(1);
  }

  private interface Edit {
    Map<String, ?> number(int i);
  }

  /// Sends all edits before it reads the first answer, and counts those that are no errors.
  private static long successes(Way way, int count, List<ServerProcess> used, Edit edit)
      throws IOException, InterruptedException {
    for (int i = 1; i <= count; i++) {
      used.get(i % used.size()).call(i, way.tool, edit.number(i));
    }
    long successes = 0;
    for (int i = 1; i <= count; i++) {
      var answer = used.get(i % used.size()).receive();
      assertThat(answer.has("result")).as("%s", answer).isTrue();
      successes += answer.path("result").path("isError").asBoolean(false) ? 0 : 1;
    }
    return successes;
  }
}
