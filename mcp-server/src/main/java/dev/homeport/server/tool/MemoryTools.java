package dev.homeport.server.tool;

import dev.homeport.memory.Change;
import dev.homeport.memory.Fact;
import dev.homeport.memory.MemoryCommand;
import dev.homeport.memory.MemoryFile;
import dev.homeport.memory.MemoryOutcome;
import dev.homeport.memory.MemoryScope;
import dev.homeport.memory.MemoryStore;
import dev.homeport.memory.RememberOutcome;
import dev.homeport.memory.RememberOutcome.Conflict;
import dev.homeport.memory.RememberOutcome.Remembered;
import dev.homeport.server.tool.schema.Arg;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.ai.mcp.annotation.McpTool.McpAnnotations;

/// The tools on the `/memories` tree. Thread-safe.
public final class MemoryTools {
  private final Lazy<MemoryStore> store;

  /// Serves a memory that is opened on first use.
  public MemoryTools(Lazy<MemoryStore> store) {
    this.store = store;
  }

  /// The commands of `memory_20250818`.
  enum Command {
    VIEW,
    CREATE,
    STR_REPLACE,
    INSERT,
    DELETE,
    RENAME
  }

  record MemoryArgs(
      Command command,
      @Arg(value = "Begins with /memories", example = "\"/memories/notes.md\"")
          @Nullable String path,
      @Arg("view: [first, last] line; -1 is the end") @Nullable List<Integer> viewRange,
      @Arg(aliases = {"content", "text"}) @Nullable String fileText,
      @Arg(aliases = {"old_string", "old_text"}) @Nullable String oldStr,
      @Arg(aliases = {"new_string", "new_text"}) @Nullable String newStr,
      @Arg("insert after this line; 0 is the start") @Nullable Integer insertLine,
      @Nullable String insertText,
      @Arg("rename: from") @Nullable String oldPath,
      @Arg("rename: to") @Nullable String newPath,
      @Arg("Only if the file still has this content") @Nullable String expectedSha256,
      @Arg("Why, for the log") @Nullable String reason) {
    MemoryCommand toCommand() {
      return switch (command) {
        case VIEW -> new MemoryCommand.View(need("path", path), range());
        case CREATE -> new MemoryCommand.Create(need("path", path), need("file_text", fileText));
        case STR_REPLACE ->
            new MemoryCommand.StrReplace(
                need("path", path),
                need("old_str", oldStr),
                Objects.requireNonNullElse(newStr, ""));
        case INSERT ->
            new MemoryCommand.Insert(
                need("path", path),
                need("insert_line", insertLine),
                need("insert_text", insertText != null ? insertText : newStr));
        case DELETE -> new MemoryCommand.Delete(need("path", path));
        case RENAME ->
            new MemoryCommand.Rename(
                need("old_path", oldPath != null ? oldPath : path), need("new_path", newPath));
      };
    }

    SecretWarnings warnings() {
      return SecretWarnings.of("file_text", fileText)
          .and("new_str", newStr)
          .and("insert_text", insertText);
    }

    private <T> T need(String name, @Nullable T value) {
      if (value == null) {
        throw new IllegalArgumentException(
            "The command %s needs %s.".formatted(command.name().toLowerCase(Locale.ROOT), name));
      }
      return value;
    }

    private MemoryCommand.@Nullable Range range() {
      if (viewRange == null || viewRange.isEmpty()) {
        return null;
      }
      if (viewRange.size() != 2) {
        throw new IllegalArgumentException("view_range must be [first, last], such as [1, 50].");
      }
      return new MemoryCommand.Range(viewRange.get(0), viewRange.get(1));
    }
  }

  @McpTool(
      name = "memory",
      title = "Memory",
      description =
          "Your memory across sessions: files under /memories (/memories/user is shared by all"
              + " projects). View it before starting a task; write down what must survive.",
      annotations =
          @McpAnnotations(
              readOnlyHint = false,
              destructiveHint = true,
              idempotentHint = false,
              openWorldHint = false))
  ToolResult memory(MemoryArgs args) throws IOException, InterruptedException {
    var change = new Change(args.expectedSha256(), args.reason());
    return switch (store.get().run(args.toCommand(), change)) {
      case MemoryOutcome.Done(var text, var file) ->
          args.warnings()
              .inMeta(
                  file.map(facts -> withFacts(ToolResult.text(text), facts))
                      .orElse(ToolResult.text(text)));
      case MemoryOutcome.Picture picture ->
          withFacts(ToolResult.text(picture.text()), picture.file())
              .withImages(new ToolResult.Image(picture.base64(), picture.mediaType()));
      case MemoryOutcome.Stale stale -> withFacts(ToolResult.error(stale.text()), stale.current());
      case MemoryOutcome.Refused(var text) -> ToolResult.error(text);
    };
  }

  private static ToolResult withFacts(ToolResult result, MemoryFile file) {
    return result
        .withMeta("path", file.path())
        .withMeta("sha256", file.sha256())
        .withMeta("bytes", file.bytes())
        .withMeta("lines", file.lines());
  }

  record RememberArgs(
      @Arg(
              value = "Short and unique; names the file",
              aliases = {"title"})
          String name,
      @Arg("One line: when does this matter?") String description,
      Fact.Type type,
      @Arg(
              value = "The fact, in Markdown",
              aliases = {"content", "text", "fact"})
          String body,
      @Arg("Default project; user is for all projects") @Nullable MemoryScope scope,
      @Arg("To replace a fact that you have read") @Nullable String expectedSha256) {}

  @McpTool(
      name = "remember",
      title = "Remember a fact",
      description =
          "Keeps a lesson, preference or decision for later sessions: one topic file and its line"
              + " in MEMORY.md, both or neither.",
      annotations =
          @McpAnnotations(
              readOnlyHint = false,
              destructiveHint = false,
              idempotentHint = true,
              openWorldHint = false))
  ToolResult remember(RememberArgs args) throws IOException, InterruptedException {
    var fact = new Fact(args.name(), args.description(), args.type(), args.body());
    MemoryScope scope = Objects.requireNonNullElse(args.scope(), MemoryScope.PROJECT);
    var change = new Change(args.expectedSha256(), null);
    return switch (store.get().remember(scope, fact, change)) {
      case Remembered remembered ->
          SecretWarnings.of("description", args.description())
              .and("body", args.body())
              .in(remembered(remembered));
      case Conflict(var topic, var content) ->
          withFacts(
              ToolResult.error(
                  "memory_path_conflict_error: %s says something else. To replace it, call again with expected_sha256 %s; else choose another name. It says:\n%s"
                      .formatted(topic.path(), topic.sha256(), content)),
              topic);
      case RememberOutcome.Refused(var text) -> ToolResult.error(text);
    };
  }

  private static ToolResult remembered(Remembered remembered) {
    String did =
        switch (remembered.status()) {
          case CREATED -> "Remembered in ";
          case UPDATED -> "Replaced in ";
          case UNCHANGED -> "Already remembered in ";
        };
    String text =
        did
            + remembered.topic().path()
            + ", listed in "
            + remembered.index().path()
            + "."
            + remembered.advice().map(advice -> "\n" + advice).orElse("");
    return withFacts(ToolResult.text(text), remembered.topic());
  }
}
