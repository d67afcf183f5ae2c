package dev.homeport.server.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.result.ResultStore;
import dev.homeport.server.tool.schema.RecordJson;
import dev.homeport.workspace.Workspace;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultToolsTest {
  @TempDir Path root;
  ToolRegistry registry;

  @BeforeEach
  void open() {
    Lazy<ResultStore> results =
        Lazy.of(() -> ResultStore.in(Workspace.open(root), InstantSource.system()));
    registry =
        ToolRegistry.of(
            Map.of(Toolset.CONTEXT, List.of(new ResultTools(results))),
            ToolRegistry.Selection.ALL,
            ResultTools.sink(results));
  }

  private ToolResult call(String tool, Map<String, ?> arguments) {
    var context = new ToolContext((_, _) -> "s-1", "test", Map.of(), (_, _, _) -> {});
    return registry.call(tool, arguments, context);
  }

  private static Map<String, Object> structured(ToolResult result) {
    return RecordJson.of(result.structured().orElseThrow());
  }

  @Test
  void storesAResultAndReadsItInParts() {
    String text = "größe\n".repeat(10_000);

    Map<String, Object> stored = structured(call("result_store", Map.of("text", text)));

    assertThat(stored).containsEntry("lines", 10_000L).containsEntry("masked", 0);
    Object id = stored.get("id");
    assertThat(call("result_read", Map.of("id", id)).text())
        .startsWith("<persisted-output>")
        .contains((String) stored.get("path"));
    assertThat(call("result_read", Map.of("id", id, "line", 9_999)).text())
        .isEqualTo("größe\ngröße\n");
    assertThat(
            call("result_read", Map.of("path", stored.get("path"), "line", 1, "limit", 1)).text())
        .isEqualTo("größe\n[More, 10000 lines and 80000 bytes in all: go on at line 2]\n");
    assertThat(call("result_read", Map.of("id", id, "offset", 0, "max_bytes", 16)).text())
        .startsWith("größe\ngröße\n[More");
    assertThat(call("result_read", Map.of("id", id, "grep", "gr", "limit", 2)).text())
        .startsWith("1:größe\n2:größe\n[More")
        .endsWith("go on at line 3]\n");
    assertThat(call("result_read", Map.of("id", id, "grep", "zz")).text())
        .isEqualTo("No line has it.\n");
  }

  @Test
  void saysWhatIsWrongWithAResult() {
    assertThat(call("result_read", Map.of("id", "nonsense")).isError()).isTrue();
    assertThat(call("result_read", Map.of("id", "01K00000000000000000000000")).text())
        .contains("no stored result");
    Map<String, Object> image =
        structured(call("result_store", Map.of("text", "x", "media_type", "image/png")));
    assertThat(call("result_read", Map.of("id", image.get("id"))).text()).contains("image/png");
  }
}
