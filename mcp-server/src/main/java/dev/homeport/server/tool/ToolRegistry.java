package dev.homeport.server.tool;

import dev.homeport.secret.SecretAllowList;
import dev.homeport.server.tool.schema.NearestName;
import dev.homeport.version.Author;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.mcp.annotation.McpTool;

/// The tools that are switched on, and the way to call one. Knows no protocol. Thread-safe.
public final class ToolRegistry {
  /// Which tools are on.
  ///
  /// @param toolsets the groups that are on
  /// @param readOnly whether only tools that change nothing are on
  public record Selection(Set<Toolset> toolsets, boolean readOnly) {
    /// Everything.
    public static final Selection ALL = new Selection(EnumSet.allOf(Toolset.class), false);

    /// Copies the set.
    public Selection {
      toolsets = Set.copyOf(toolsets);
    }

    private boolean has(ToolDefinition tool) {
      return toolsets.contains(tool.toolset()) && (!readOnly || tool.hints().readOnly());
    }
  }

  private final Map<String, Tool> tools = new LinkedHashMap<>();
  private final Spill spill;
  private final ToolObserver observer;
  private final SecretAllowList allowed;

  private ToolRegistry(
      Collection<Tool> tools, Spill spill, ToolObserver observer, SecretAllowList allowed) {
    this.spill = spill;
    this.observer = observer;
    this.allowed = allowed;
    for (Tool tool : tools) {
      if (this.tools.putIfAbsent(tool.definition().name(), tool) != null) {
        throw new IllegalArgumentException("two tools are named " + tool.definition().name());
      }
    }
  }

  /// Finds the tools among the methods of the given toolset objects.
  ///
  /// The order is that of [Toolset], and by name within one.
  ///
  /// @param toolsets objects whose methods annotated with `@McpTool` are tools
  /// @param selection which of them are on
  /// @param sink keeps results that are too large
  /// @throws IllegalArgumentException if a tool has a wrong form or two have one name
  public static ToolRegistry of(
      Map<Toolset, List<Object>> toolsets, Selection selection, ResultSink sink) {
    return of(toolsets, selection, sink, ToolObserver.NONE);
  }

  /// The same, with somebody who is told of each call.
  public static ToolRegistry of(
      Map<Toolset, List<Object>> toolsets,
      Selection selection,
      ResultSink sink,
      ToolObserver observer) {
    List<Tool> tools =
        toolsets.entrySet().stream()
            .filter(group -> selection.toolsets().contains(group.getKey()))
            .flatMap(group ->
                group.getValue().stream()
                    .flatMap(toolset -> tools(group.getKey(), toolset).stream()))
            .filter(tool -> selection.has(tool.definition()))
            .sorted(
                Comparator.comparing((Tool tool) -> tool.definition().toolset())
                    .thenComparing(tool -> tool.definition().name()))
            .toList();
    return new ToolRegistry(
        tools, new Spill(sink, Spill.DEFAULT_LIMIT), observer, SecretAllowList.NONE);
  }

  /// The same tools, which take none of these values for a secret.
  public ToolRegistry allowing(SecretAllowList values) {
    return new ToolRegistry(tools.values(), spill, observer, values);
  }

  private static List<Tool> tools(Toolset group, Object toolset) {
    return Arrays.stream(toolset.getClass().getDeclaredMethods())
        .filter(method -> method.isAnnotationPresent(McpTool.class))
        .map((Method method) -> new Tool(group, toolset, method))
        .toList();
  }

  /// All tools that are on, in their fixed order.
  public List<ToolDefinition> definitions() {
    return tools.values().stream().map(Tool::definition).toList();
  }

  /// Calls a tool.
  ///
  /// @param arguments parsed JSON: `Map`, `List`, `String`, `Number`, `Boolean` or null
  /// @return the answer; one with `isError` if the tool or an argument is unknown or wrong
  /// @throws ToolFault if the tool has a bug
  public ToolResult call(String name, Map<String, ?> arguments, ToolContext context) {
    return ScopedValue.where(SecretAllowList.CURRENT, allowed)
        .call(() -> observed(name, arguments, context));
  }

  private ToolResult observed(String name, Map<String, ?> arguments, ToolContext context) {
    long start = System.nanoTime();
    boolean isError = true;
    try {
      ToolResult result = answer(name, arguments, context);
      isError = result.isError();
      return result;
    } finally {
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      tell(new ToolObserver.Call(name, effect(name), arguments, took, isError), context);
    }
  }

  private ToolObserver.Effect effect(String name) {
    Tool tool = tools.get(name);
    if (tool == null) {
      return ToolObserver.Effect.NONE;
    }
    return tool.definition().hints().readOnly()
        ? ToolObserver.Effect.READS
        : ToolObserver.Effect.CHANGES;
  }

  /// An observer that fails must not take the place of the answer.
  private void tell(ToolObserver.Call call, ToolContext context) {
    try {
      observer.called(call, context);
    } catch (RuntimeException | Error e) {
      System.getLogger(ToolRegistry.class.getName())
          .log(Level.ERROR, "tool=" + call.tool() + " not observed", e);
    }
  }

  private ToolResult answer(String name, Map<String, ?> arguments, ToolContext context) {
    Tool tool = tools.get(name);
    if (tool == null) {
      return ToolResult.error(unknown(name).orElseThrow());
    }
    try {
      return spill.apply(name, attributed(tool, arguments, context));
    } catch (IOException | InterruptedException failed) {
      return ToolErrors.answer(name, failed);
    }
  }

  /// What a tool changes is the caller's doing.
  private static ToolResult attributed(Tool tool, Map<String, ?> arguments, ToolContext context)
      throws IOException, InterruptedException {
    if (tool.definition().hints().readOnly()) {
      return tool.call(arguments, context);
    }
    Author author = context.author(tool.definition().name());
    return ScopedValue.where(Author.CURRENT, author).call(() -> tool.call(arguments, context));
  }

  /// What to say about a name that no tool has; empty if one has it.
  public Optional<String> unknown(@Nullable String name) {
    if (name == null) {
      return Optional.of("the tool's `name` is missing");
    }
    if (tools.containsKey(name)) {
      return Optional.empty();
    }
    String hint =
        NearestName.of(name, tools.keySet())
            .map(nearest -> "did you mean `" + nearest + "`? ")
            .orElse("");
    return Optional.of(
        "Unknown tool `%s`: %sKnown: %s".formatted(name, hint, String.join(", ", tools.keySet())));
  }
}
