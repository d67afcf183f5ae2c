package dev.homeport.server.tool;

import dev.homeport.file.ReadCopies;
import dev.homeport.memory.MemoryStore;
import dev.homeport.memory.MemoryStore.Place;
import dev.homeport.server.tool.schema.Arg;
import dev.homeport.server.tool.schema.RecordShape;
import dev.homeport.version.Author;
import dev.homeport.version.Difference;
import dev.homeport.version.History;
import dev.homeport.version.HistoryQuery;
import dev.homeport.version.HistoryQuery.By;
import dev.homeport.version.HistoryQuery.Filter;
import dev.homeport.version.RedactOutcome;
import dev.homeport.version.Version;
import dev.homeport.version.Version.Operation;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.ai.mcp.annotation.McpTool.McpAnnotations;

/// The tool on what happened to files and memory. Thread-safe.
public final class HistoryTools {
  private static final int LISTED = 20;
  private static final String NOW = "now";
  private static final String MEMORIES = "/memories";

  private final Lazy<Workspace> workspace;
  private final Lazy<MemoryStore> memory;
  private final Lazy<ReadCopies> copies;

  /// Serves a workspace and its memory that are opened on first use.
  ///
  /// @param copies of what agents read, which forget what is redacted
  public HistoryTools(
      Lazy<Workspace> workspace, Lazy<MemoryStore> memory, Lazy<ReadCopies> copies) {
    this.workspace = workspace;
    this.memory = memory;
    this.copies = copies;
  }

  /// The JSON Schema of each argument by its name: the command line takes its options from it.
  public static Map<?, ?> arguments() {
    return (Map<?, ?>)
        Objects.requireNonNull(RecordShape.of(HistoryArgs.class).schema().get("properties"));
  }

  enum Command {
    LIST,
    DIFF,
    RESTORE,
    REDACT
  }

  record HistoryArgs(
      @Arg(aliases = {"action", "op"}) Command command,
      @Arg(
              value = "File or directory of the workspace, or below /memories",
              aliases = {"file_path", "file"},
              example = "\"/memories/notes.md\"")
          @Nullable String path,
      @Arg(
              value = "As listed",
              aliases = {"id", "version_id"})
          @Nullable String version,
      @Arg(value = "diff: another version, or now", aliases = "other") @Nullable String to,
      @Arg("list: default 20, at most 200") @Nullable Integer limit,
      @Arg(value = "list: only older than this version", aliases = "cursor")
          @Nullable String before,
      @Arg("list") @Nullable Operation operation,
      @Nullable String actor,
      @Nullable String session,
      @Nullable String tool,
      @Arg("Date or time, ISO 8601") @Nullable String since,
      @Nullable String until,
      @Arg("restore: only if the file has this content") @Nullable String expectedSha256,
      @Arg("Why; needed to redact") @Nullable String reason) {
    private HistoryQuery query(WorkspacePath of) {
      var author = new By(actor, session, tool);
      var filter = new Filter(operation, author, time("since", since), time("until", until));
      return new HistoryQuery(of, Objects.requireNonNullElse(limit, LISTED), before, filter);
    }

    private static @Nullable Instant time(String name, @Nullable String text) {
      if (text == null) {
        return null;
      }
      try {
        return text.indexOf('T') < 0
            ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
            : Instant.parse(text);
      } catch (DateTimeException e) {
        throw new IllegalArgumentException(
            "%s is '%s', but must be like 2026-11-25 or 2026-11-25T12:00:00Z".formatted(name, text),
            e);
      }
    }

    private String needVersion() {
      if (version == null) {
        throw missing("version");
      }
      return version;
    }

    private IllegalArgumentException missing(String what) {
      return new IllegalArgumentException(
          "The command %s needs %s.".formatted(command.name().toLowerCase(Locale.ROOT), what));
    }
  }

  @McpTool(
      name = "history",
      title = "History of files and memory",
      description =
          """
          Every change made through this server is a version. list: what happened to a path, newest \
          first. diff: what a version changed, or from it `to` another one or now. restore: give \
          a file back the content after a version, or bring back what was deleted (a version that \
          says deleted, or a path alone: its last deletion). redact: remove the content of a version \
          or all past contents of a path for good.\
          """,
      annotations =
          @McpAnnotations(
              readOnlyHint = false,
              destructiveHint = true,
              idempotentHint = false,
              openWorldHint = false))
  ToolResult history(HistoryArgs args) throws IOException, InterruptedException {
    Place place = place(args);
    var texts = new HistoryTexts(path -> name(place.workspace(), path));
    History history = History.of(place.workspace());
    return switch (args.command()) {
      case LIST -> texts.listed(place.path(), history.list(args.query(place.path())));
      case DIFF -> texts.diff(diff(history, args));
      case RESTORE -> {
        String expected = args.expectedSha256() == null ? null : args.expectedSha256().strip();
        Author author = Author.current().because(args.reason());
        if (args.version() != null) {
          yield texts.restored(history.restore(args.version(), expected, author));
        }
        if (args.path() == null) {
          throw args.missing("version or path");
        }
        yield texts.restored(history.restoreDeleted(place.path(), expected, author));
      }
      case REDACT -> {
        Author author = Author.current().because(args.reason());
        if (args.version() != null) {
          yield texts.redacted(forget(history.redact(args.version(), author)));
        }
        if (args.path() == null) {
          throw args.missing("version or path");
        }
        yield texts.redacted(forget(history.redactPast(place.path(), author)));
      }
    };
  }

  private RedactOutcome forget(RedactOutcome outcome) throws IOException, InterruptedException {
    if (outcome instanceof RedactOutcome.Redacted redacted) {
      for (String sha256 : redacted.contents()) {
        copies.get().forget(sha256);
      }
    }
    return outcome;
  }

  private static Difference diff(History history, HistoryArgs args) throws IOException {
    String version = args.needVersion();
    if (args.to() == null) {
      return history.diff(version);
    }
    return args.to().equals(NOW) ? history.diffToNow(version) : history.diff(version, args.to());
  }

  /// Where what is asked for lies: a version without a path may be one of the user's memory.
  private Place place(HistoryArgs args) throws IOException, InterruptedException {
    String path = args.path();
    if (path != null && (path.equals(MEMORIES) || path.startsWith(MEMORIES + "/"))) {
      return memory.get().place(path);
    }
    Workspace project = workspace.get();
    if (path == null && args.version() != null) {
      Optional<Workspace> user = memory.get().userWorkspace();
      if (user.isPresent() && isVersionOf(user.get(), args.version())) {
        return new Place(user.get(), WorkspacePath.ROOT);
      }
    }
    return new Place(project, path == null ? WorkspacePath.ROOT : project.path(path));
  }

  private static boolean isVersionOf(Workspace user, String version) throws IOException {
    Optional<Version> found = History.of(user).find(version);
    return found.isPresent();
  }

  private String name(Workspace in, WorkspacePath path) throws IOException, InterruptedException {
    return memory.get().name(new Place(in, path));
  }
}
