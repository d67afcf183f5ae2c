package dev.homeport.server.tool;

import dev.homeport.sandbox.ExecLimits;
import dev.homeport.sandbox.ExecRequest;
import dev.homeport.sandbox.Sandbox;
import dev.homeport.sandbox.session.ChangeTarget;
import dev.homeport.sandbox.session.ExecResult;
import dev.homeport.sandbox.session.Sandboxes;
import dev.homeport.server.tool.schema.Arg;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.ai.mcp.annotation.McpTool.McpAnnotations;

/// Runs code in sandboxes, and manages them.
public final class SandboxTools {
  private static final int HEAD_BYTES = 12 << 10;
  private static final int TAIL_BYTES = 12 << 10;
  private static final int STORED_BYTES = 16 << 20;
  private static final int LOG_BYTES = 24 << 10;
  private static final int LONGEST_SECONDS = 3_600;

  private final Lazy<Sandboxes> sandboxes;
  private final Lazy<ChangeTarget> target;
  private final SandboxReport report;
  private final ExecLog log;

  /// @param sandboxes made on the first call
  /// @param target takes what `apply` brings back
  /// @param results keeps output that is too large
  /// @param log told of each input that is executed
  public SandboxTools(
      Lazy<Sandboxes> sandboxes, Lazy<ChangeTarget> target, ResultSink results, ExecLog log) {
    this.sandboxes = sandboxes;
    this.log = log;
    this.target = target;
    this.report = new SandboxReport(results);
  }

  /// What `execute` takes.
  record ExecuteArgs(
      @Arg(
              value = "bash, python, node or a declared executor",
              aliases = {"executor", "language", "lang"},
              example = "\"bash\"")
          String name,
      @Arg(
              value = "Program text",
              aliases = {"code", "command", "cmd", "script"},
              example = "\"ls -l\"")
          String input,
      @Arg(value = "Default: default", aliases = "sandbox_id") @Nullable String sandbox,
      @Arg(
              value = "Default 120, at most 3600",
              aliases = {"timeout", "timeout_seconds"})
          @Nullable Integer timeoutS,
      @Arg(value = "Return at once with a process id", aliases = "run_in_background")
          @Nullable Boolean background,
      @Nullable String stdin,
      @Nullable String session) {
    ExecuteArgs {
      if (timeoutS != null && (timeoutS < 1 || timeoutS > LONGEST_SECONDS)) {
        throw new IllegalArgumentException(
            "timeout_s is " + timeoutS + ", but must be 1 to " + LONGEST_SECONDS);
      }
    }

    private ExecRequest request(String boundSession) {
      var limits = new ExecLimits(timeout(), HEAD_BYTES, TAIL_BYTES, STORED_BYTES);
      return new ExecRequest(
          boundSession, sandboxOf(sandbox), name, input, stdin == null ? "" : stdin, limits);
    }

    private Duration timeout() {
      return timeoutS == null ? ExecLimits.DEFAULT.timeout() : Duration.ofSeconds(timeoutS);
    }
  }

  @McpTool(
      name = "execute",
      title = "Run code in a sandbox",
      description =
          """
          Runs code in an isolated computer without network, but for hosts that the user allowed \
          (by HTTP_PROXY). Starts in a copy-on-write view of the workspace (/workspace): changes \
          stay in the sandbox until `sandbox` action apply. Files and /tmp persist between calls; \
          processes do not, unless background. Secrets (.env, keys) and .homeport are not visible. \
          The last line is `exit N`.\
          """,
      annotations =
          @McpAnnotations(
              readOnlyHint = false,
              destructiveHint = false,
              idempotentHint = false,
              openWorldHint = false))
  ToolResult execute(ExecuteArgs args, ToolContext context)
      throws IOException, InterruptedException {
    ExecRequest request = args.request(context.session(args.session()));
    boolean background = Boolean.TRUE.equals(args.background());
    ExecLog.Entry entry = log.started(request, background);
    if (background) {
      return report.started(sandboxes.get().start(request));
    }
    ExecResult result = sandboxes.get().execute(request, new OutputProgress(context));
    entry.ended(result);
    return report.executed(result);
  }

  /// What `sandbox` can be asked to do.
  enum Action {
    LIST,
    CREATE,
    STOP,
    DIFF,
    APPLY,
    PUT,
    GET,
    LOGS,
    KILL,
    PAUSE,
    RESUME,
    STATS,
    FORK,
    SNAPSHOT,
    RESTORE,
    DISCARD
  }

  /// What `sandbox` takes.
  record SandboxArgs(
      @Arg(aliases = {"command", "op"}) Action action,
      @Arg(value = "Sandbox; default: default", aliases = "sandbox") @Nullable String name,
      @Arg(value = "put, get: file in the sandbox", aliases = "file_path") @Nullable String path,
      @Arg("put") @Nullable String content,
      @Arg("fork: new sandbox; else the snapshot") @Nullable String as,
      @Arg("apply: which files; default all") @Nullable List<String> paths,
      @Arg(
              value = "logs, kill",
              aliases = {"process_id", "id"})
          @Nullable String process,
      @Arg("logs: where to read on") @Nullable Long cursor,
      @Nullable String session) {
    private String pathOrRefuse() {
      return given(path, "path");
    }

    private String processOrRefuse() {
      return given(process, "process");
    }

    private String given(@Nullable String value, String what) {
      if (value == null) {
        throw new IllegalArgumentException(
            "action %s needs the argument `%s`"
                .formatted(action.name().toLowerCase(java.util.Locale.ROOT), what));
      }
      return value;
    }
  }

  @McpTool(
      name = "sandbox",
      title = "Manage sandboxes",
      description =
          """
          list: sandboxes and background processes, also what a killed server ran. create, stop \
          (discards its changes). diff: files that differ from the workspace; apply: bring them into \
          the workspace, telling conflicts. put, get: one text file. logs, kill: a background \
          process. pause: freeze until resume or the next execute, as after 30 s unused. stats: \
          processor time and memory used. fork: a new sandbox `as` with the files of this one. \
          snapshot: keep its files as `as`; restore: a new sandbox with them; discard them.\
          """,
      annotations =
          @McpAnnotations(
              readOnlyHint = false,
              destructiveHint = true,
              idempotentHint = false,
              openWorldHint = false))
  ToolResult sandbox(SandboxArgs args, ToolContext context)
      throws IOException, InterruptedException {
    Sandboxes all = sandboxes.get();
    String session = context.session(args.session());
    String name = sandboxOf(args.name());
    return switch (args.action()) {
      case LIST -> report.listed(all.list(session), all.snapshots());
      case CREATE -> {
        all.create(session, name);
        yield ToolResult.text("Created sandbox '" + name + "'; run code in it with execute.");
      }
      case STOP -> {
        all.stop(session, name);
        yield ToolResult.text("Stopped sandbox '" + name + "'; its files are gone.");
      }
      case DIFF -> report.changed(all.diff(session, name));
      case APPLY -> report.applied(all.apply(session, name, paths(args.paths()), target.get()));
      case PUT -> {
        byte[] content = given(args.content()).getBytes(StandardCharsets.UTF_8);
        all.put(session, name, args.pathOrRefuse(), content);
        yield ToolResult.text(
            "Wrote %,d bytes to %s in the sandbox.".formatted(content.length, args.path()));
      }
      case GET -> report.file(args.pathOrRefuse(), all.get(session, name, args.pathOrRefuse()));
      case LOGS -> {
        long cursor = Objects.requireNonNullElse(args.cursor(), 0L);
        yield report.logged(all.logs(session, args.processOrRefuse(), cursor, LOG_BYTES));
      }
      case KILL -> report.killed(all.kill(session, args.processOrRefuse()));
      case FORK -> {
        String as = args.given(args.as(), "as");
        all.fork(session, name, as);
        yield ToolResult.text("Forked sandbox '" + name + "' as '" + as + "'.");
      }
      case SNAPSHOT -> {
        all.snapshot(session, name, args.given(args.as(), "as"));
        yield ToolResult.text("Kept the files of '" + name + "' as snapshot '" + args.as() + "'.");
      }
      case RESTORE -> {
        all.restore(session, name, args.given(args.as(), "as"));
        yield ToolResult.text("Made sandbox '" + name + "' of snapshot '" + args.as() + "'.");
      }
      case DISCARD -> {
        all.discard(args.given(args.as(), "as"));
        yield ToolResult.text("Deleted snapshot '" + args.as() + "'.");
      }
      case PAUSE, RESUME, STATS -> made(args.action(), name, all.made(session, name));
    };
  }

  /// What can be done with a sandbox only once it is there.
  private ToolResult made(Action action, String name, Optional<Sandbox> made)
      throws IOException, InterruptedException {
    if (made.isEmpty()) {
      return ToolResult.text("Sandbox '" + name + "' is made by its first execute.");
    }
    Sandbox sandbox = made.get();
    switch (action) {
      case PAUSE -> sandbox.pause();
      case RESUME -> sandbox.resume();
      default -> {
        return report.used(name, sandbox.usage());
      }
    }
    String state = action == Action.PAUSE ? "frozen until resume or the next execute" : "running";
    return ToolResult.text("Sandbox '" + name + "' is " + state + ".");
  }

  private static String given(@Nullable String content) {
    return content == null ? "" : content;
  }

  private static String sandboxOf(@Nullable String name) {
    return name == null || name.isBlank() ? ExecRequest.DEFAULT_SANDBOX : name;
  }

  private static List<WorkspacePath> paths(@Nullable List<String> texts) throws IOException {
    var paths = new ArrayList<WorkspacePath>();
    for (String text : texts == null ? List.<String>of() : texts) {
      String prefix = "/workspace/";
      paths.add(
          WorkspacePath.parse(text.startsWith(prefix) ? text.substring(prefix.length()) : text));
    }
    return paths;
  }
}
