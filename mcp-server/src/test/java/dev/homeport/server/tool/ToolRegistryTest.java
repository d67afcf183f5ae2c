package dev.homeport.server.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeport.server.tool.schema.Arg;
import dev.homeport.workspace.WorkspaceException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.ai.mcp.annotation.McpTool.McpAnnotations;

class ToolRegistryTest {
  /// The form that every toolset has.
  static final class ExampleTools {
    enum Mode {
      SHORT,
      LONG
    }

    record Edit(String oldText, String newText) {}

    record ExampleArgs(
        @Arg(
                value = "File to change",
                aliases = {"file_path", "file"},
                example = "\"src/App.java\"")
            String path,
        List<Edit> edits,
        @Arg("Default short") @Nullable Mode mode,
        @Nullable Integer limit) {
      ExampleArgs {
        if (limit != null && limit < 1) {
          throw new IllegalArgumentException("limit is " + limit + ", but must be positive");
        }
      }
    }

    record ExampleResult(int edits, @Nullable String lastEdit) {}

    @McpTool(
        name = "example",
        title = "Example",
        description = "Says what it was given.",
        annotations =
            @McpAnnotations(
                readOnlyHint = true,
                destructiveHint = false,
                idempotentHint = true,
                openWorldHint = false))
    @ResultType(ExampleResult.class)
    ToolResult example(ExampleArgs args, ToolContext context)
        throws IOException, InterruptedException {
      return ToolResult.structured(
          "%s %s %s %s in %s"
              .formatted(
                  args.path(), args.edits(), args.mode(), args.limit(), context.session(null)),
          new ExampleResult(args.edits().size(), null));
    }

    record SizeArgs(int size) {}

    @McpTool(name = "big", title = "Big", description = "Says much.")
    ToolResult big(SizeArgs args) {
      return ToolResult.text("head" + "x".repeat(args.size()) + "tail");
    }

    record KindArgs(String kind) {}

    @McpTool(name = "fail", title = "Fail", description = "Fails.")
    ToolResult fail(KindArgs args) throws IOException, InterruptedException {
      switch (args.kind()) {
        case "workspace" ->
            throw new WorkspaceException(WorkspaceException.Kind.NOT_FOUND, "no file a.txt");
        case "io" -> throw new IOException("/secret/host/path");
        case "interrupt" -> throw new InterruptedException();
        default -> throw new IllegalStateException("bug");
      }
    }
  }

  private final List<String> stored = new ArrayList<>();
  private final ToolRegistry registry = registry(ToolRegistry.Selection.ALL);
  private final ToolContext context =
      new ToolContext(
          (requested, client) -> requested.orElse("s-new-" + client),
          "test",
          Map.of(ToolContext.SESSION_META, "s-meta"),
          (_, _, _) -> {});

  private ToolRegistry registry(ToolRegistry.Selection selection) {
    return ToolRegistry.of(
        Map.of(Toolset.FILES, List.of(new ExampleTools())),
        selection,
        (_, text) -> {
          stored.add(text);
          return new ResultSink.Stored("r-1", ".homeport/results/r-1");
        });
  }

  @Test
  void schemaIsAPlainObjectWithoutNoise() {
    ToolDefinition example = registry.definitions().get(1);

    assertThat(example.name()).isEqualTo("example");
    assertThat(example.inputSchema())
        .hasToString(
            "{type=object, properties={path={type=string, description=File to change},"
                + " edits={type=array, items={type=object, properties={old_text={type=string},"
                + " new_text={type=string}}, required=[old_text, new_text]}},"
                + " mode={type=string, enum=[short, long], description=Default short},"
                + " limit={type=integer}}, required=[path, edits]}");
    assertThat(example.outputSchema().orElseThrow())
        .hasToString(
            "{type=object, properties={edits={type=integer}, last_edit={type=string}},"
                + " required=[edits]}");
  }

  @Test
  void bindsAliasesEnumsAndNestedRecords() {
    ToolResult result =
        call(
            "example",
            Map.of(
                "file_path",
                "a.txt",
                "edits",
                List.of(Map.of("oldText", "1", "new_text", "2")),
                "mode",
                "LONG",
                "limit",
                "7"));

    assertThat(result.text()).isEqualTo("a.txt [Edit[oldText=1, newText=2]] LONG 7 in s-meta");
    assertThat(result.structured()).contains(new ExampleTools.ExampleResult(1, null));
  }

  @Test
  void namesWhatIsWrongWithArguments() {
    var edits = List.of();

    assertThat(call("example", Map.of("edits", edits)).text())
        .isEqualTo("argument `path` is missing. Example: \"path\": \"src/App.java\"");
    assertThat(call("example", Map.of("path", 5, "edits", edits)).text())
        .isEqualTo(
            "argument `path` must be a string, but is the number 5. Example: \"path\":"
                + " \"src/App.java\"");
    assertThat(call("example", Map.of("path", "a", "edits", List.of(Map.of("old_text", 1)))).text())
        .startsWith("argument `edits[0].old_text` must be a string");
    assertThat(call("example", Map.of("path", "a", "edits", edits, "mode", "huge")).text())
        .contains("one of short, long");
    assertThat(call("example", Map.of("path", "a", "edits", edits, "limt", 1)).text())
        .isEqualTo(
            "unknown argument `limt`: did you mean `limit`? Known: path, edits, mode, limit");
    assertThat(call("example", Map.of("path", "a", "file", "b", "edits", edits)).text())
        .contains("given twice");
    assertThat(call("example", Map.of("path", "a", "edits", edits, "limit", 0)).text())
        .isEqualTo("limit is 0, but must be positive");
    assertThat(call("example", Map.of("path", "a", "edits", edits, "limit", 1.5)).isError())
        .isTrue();
  }

  @Test
  void unknownToolNamesTheNearest() {
    assertThat(call("exampel", Map.of()).text())
        .isEqualTo("Unknown tool `exampel`: did you mean `example`? Known: big, example, fail");
  }

  @Test
  void mapsWhatToolsThrow() {
    assertThat(call("fail", Map.of("kind", "workspace")))
        .isEqualTo(ToolResult.error("no file a.txt").withMeta("error", "not_found"));
    assertThat(call("fail", Map.of("kind", "io")).text()).doesNotContain("secret").contains("id ");
    assertThat(call("fail", Map.of("kind", "interrupt")).isError()).isTrue();
    assertThat(Thread.interrupted()).isTrue();
    assertThatThrownBy(() -> call("fail", Map.of("kind", "bug")))
        .isInstanceOfSatisfying(
            ToolFault.class, fault -> assertThat(fault).hasMessageContaining(fault.id()));
  }

  @Test
  void storesResultsThatAreTooLarge() {
    ToolResult result = call("big", Map.of("size", 50_000));

    assertThat(stored).containsExactly("head" + "x".repeat(50_000) + "tail");
    assertThat(result.text())
        .hasSizeLessThan(6_000)
        .startsWith("<persisted-output>")
        .contains("`r-1`", ".homeport/results/r-1", "head", "tail");
    assertThat(result.meta()).containsEntry("result", "r-1");
  }

  @Test
  void offersOnlyWhatIsSwitchedOn() {
    var readOnly = new ToolRegistry.Selection(EnumSet.allOf(Toolset.class), true);
    var other = new ToolRegistry.Selection(EnumSet.of(Toolset.MEMORY), false);

    assertThat(registry(readOnly).definitions())
        .extracting(ToolDefinition::name)
        .containsExactly("example");
    assertThat(registry(other).definitions()).isEmpty();
  }

  private ToolResult call(String tool, Map<String, ?> arguments) {
    return registry.call(tool, arguments, context);
  }
}
