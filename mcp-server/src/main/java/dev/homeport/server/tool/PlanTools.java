package dev.homeport.server.tool;

import dev.homeport.plan.Notes;
import dev.homeport.plan.PhaseStatus;
import dev.homeport.plan.PlanChange;
import dev.homeport.plan.PlanChoice;
import dev.homeport.plan.PlanCounts;
import dev.homeport.plan.PlanFile;
import dev.homeport.plan.PlanOutcome;
import dev.homeport.plan.Plans;
import dev.homeport.server.tool.schema.Arg;
import dev.homeport.session.SessionId;
import dev.homeport.session.Sessions;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspaceException;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.ai.mcp.annotation.McpTool.McpAnnotations;

/// The tools on task plans and notes. Thread-safe.
public final class PlanTools {
  private static final int RECITED_TOKENS = 300;

  private final Lazy<Workspace> workspace;
  private final Lazy<Sessions> sessions;

  /// @param workspace holds the plans
  /// @param sessions know which plan is active
  public PlanTools(Lazy<Workspace> workspace, Lazy<Sessions> sessions) {
    this.workspace = workspace;
    this.sessions = sessions;
  }

  record GetArgs(
      @Arg("Named plan; default: the session's") @Nullable String task, @Nullable String session) {}

  @McpTool(
      name = "plan_get",
      title = "Read the plan",
      description = "The task plan in Markdown, with counts and its sha256.",
      annotations =
          @McpAnnotations(
              readOnlyHint = true,
              destructiveHint = false,
              idempotentHint = true,
              openWorldHint = false))
  ToolResult get(GetArgs args, ToolContext context) throws IOException, InterruptedException {
    Chosen chosen = choose(args.task(), context.session(args.session()));
    Optional<PlanFile> plan = plans().read(chosen.path());
    if (plan.isEmpty()) {
      return ToolResult.error(
          "There is no plan at %s yet; plan_update makes one.".formatted(chosen.path()));
    }
    chosen.bind();
    PlanFile file = plan.get();
    String text = file.text() + (file.text().endsWith("\n") ? "" : "\n");
    return ToolResult.text("%s\n\n%s\nsha256 %s".formatted(state(file), text, file.sha256()))
        .withMeta("path", file.path().toString())
        .withMeta("counts", counts(file));
  }

  private static List<Integer> counts(PlanFile file) {
    PlanCounts counts = file.plan().counts();
    return List.of(counts.phases(), counts.phasesComplete(), counts.items(), counts.itemsDone());
  }

  private static String state(PlanFile file) {
    PlanCounts counts = file.plan().counts();
    return file.plan().isPhaseStructured()
        ? "%s: %d/%d phases complete, %d/%d items checked."
            .formatted(
                file.path(),
                counts.phasesComplete(),
                counts.phases(),
                counts.itemsDone(),
                counts.items())
        : file.path() + ": not phase-structured.";
  }

  /// What can be done to a plan.
  enum Op {
    SET_GOAL,
    SET_NEXT,
    ADD_PHASE,
    ADD_ITEM,
    SET_STATUS,
    CHECK,
    UNCHECK,
    DECIDE,
    LOG_ERROR
  }

  record Operation(
      @Arg(aliases = {"action", "type"}) Op op,
      @Arg("Number") @Nullable Integer phase,
      @Arg("check, uncheck: its text, or its number in the phase") @Nullable String item,
      @Arg(
              value = "Goal, next step, title, new item, decision or error",
              aliases = {"title", "goal", "decision", "error"})
          @Nullable String text,
      @Arg(
              value = "decide: why; log_error: resolution",
              aliases = {"rationale", "resolution"})
          @Nullable String reason,
      @Arg("set_status") @Nullable PhaseStatus status,
      @Arg("add_phase") @Nullable List<String> items) {
    PlanChange change() {
      return switch (op) {
        case SET_GOAL -> new PlanChange.SetGoal(given(text, "text"));
        case SET_NEXT -> new PlanChange.SetNext(given(text, "text"));
        case ADD_PHASE ->
            new PlanChange.AddPhase(
                given(text, "text"), Objects.requireNonNullElse(items, List.of()));
        case ADD_ITEM -> new PlanChange.AddItem(given(phase, "phase"), given(text, "text"));
        case SET_STATUS -> new PlanChange.SetStatus(given(phase, "phase"), given(status, "status"));
        case CHECK -> new PlanChange.Check(phase, given(item, "item"));
        case UNCHECK -> new PlanChange.Uncheck(phase, given(item, "item"));
        case DECIDE ->
            new PlanChange.Decide(given(text, "text"), Objects.requireNonNullElse(reason, ""));
        case LOG_ERROR ->
            new PlanChange.LogError(given(text, "text"), Objects.requireNonNullElse(reason, ""));
      };
    }

    String written() {
      return String.join(
          "\n",
          Objects.requireNonNullElse(text, ""),
          Objects.requireNonNullElse(reason, ""),
          String.join("\n", Objects.requireNonNullElse(items, List.of())));
    }

    private <T> T given(@Nullable T value, String name) {
      if (value == null) {
        throw new IllegalArgumentException(
            "op %s needs `%s`".formatted(op.name().toLowerCase(Locale.ROOT), name));
      }
      return value;
    }
  }

  record UpdateArgs(
      @Arg(
              value = "Done in order, all or none",
              aliases = {"ops", "changes"})
          List<Operation> operations,
      @Arg("As read; refused if the plan changed since") @Nullable String expectedSha256,
      @Arg("Named plan, kept apart under .planning/; default: the session's") @Nullable String task,
      @Nullable String session) {}

  record PlanState(
      String path,
      String sha256,
      boolean created,
      int phases,
      int phasesComplete,
      int items,
      int itemsDone,
      @Nullable String warning) {
    static PlanState of(PlanFile file, boolean created, String warning) {
      PlanCounts counts = file.plan().counts();
      return new PlanState(
          file.path().toString(),
          file.sha256(),
          created,
          counts.phases(),
          counts.phasesComplete(),
          counts.items(),
          counts.itemsDone(),
          warning.isEmpty() ? null : warning);
    }
  }

  @McpTool(
      name = "plan_update",
      title = "Change the plan",
      description =
          "Makes or changes the task plan (task_plan.md); every other byte stays. Begin with"
              + " set_goal and add_phase, check items off as you go.",
      annotations =
          @McpAnnotations(
              readOnlyHint = false,
              destructiveHint = false,
              idempotentHint = false,
              openWorldHint = false))
  @ResultType(PlanState.class)
  ToolResult update(UpdateArgs args, ToolContext context) throws IOException, InterruptedException {
    Chosen chosen = choose(args.task(), context.session(args.session()));
    List<PlanChange> changes = args.operations().stream().map(Operation::change).toList();
    if (changes.isEmpty()) {
      throw new IllegalArgumentException("operations is empty, but must hold at least one");
    }
    return switch (plans().update(chosen.path(), changes, args.expectedSha256())) {
      case PlanOutcome.Changed(var file, var created) -> {
        chosen.bind();
        String text =
            "%s%s\nsha256 %s".formatted(created ? "Made " : "", state(file), file.sha256());
        var warnings =
            SecretWarnings.ofEach(
                "operation", args.operations().stream().map(Operation::written).toList());
        yield warnings.in(
            ToolResult.structured(text, PlanState.of(file, created, warnings.line())));
      }
      case PlanOutcome.Stale(var current) -> stale(chosen.path(), current);
      case PlanOutcome.Rejected(var problem) -> ToolResult.error(problem);
    };
  }

  private static ToolResult stale(WorkspacePath path, @Nullable PlanFile current) {
    String now =
        current == null
            ? "there is no plan"
            : "its sha256 is %s and it says:\n%s"
                .formatted(current.sha256(), current.plan().recite(RECITED_TOKENS));
    return ToolResult.error(
            ("memory_precondition_failed_error: %s is not as expected_sha256 says; nothing was"
                    + " changed. Now %s\nCall plan_get, then update again.")
                .formatted(path, now))
        .withMeta("error", "memory_precondition_failed_error");
  }

  record NoteArgs(
      @Arg(
              value = "What you found",
              aliases = {"finding", "note", "content"})
          String text,
      @Arg("File and line, URL or command") @Nullable String source,
      @Nullable String task,
      @Nullable String session) {
    NoteArgs {
      if (text.isBlank()) {
        throw new IllegalArgumentException("text is empty, but must say what was found");
      }
    }
  }

  @McpTool(
      name = "note",
      title = "Note a finding",
      description = "Adds a finding with its source to the notes beside the plan.",
      annotations =
          @McpAnnotations(
              readOnlyHint = false,
              destructiveHint = false,
              idempotentHint = false,
              openWorldHint = false))
  ToolResult note(NoteArgs args, ToolContext context) throws IOException, InterruptedException {
    Chosen chosen = choose(args.task(), context.session(args.session()));
    String source = Objects.requireNonNullElse(args.source(), "");
    Notes.Noted noted =
        Notes.in(workspace.get(), InstantSource.system()).add(chosen.path(), args.text(), source);
    return SecretWarnings.of("text", args.text())
        .and("source", args.source())
        .in(ToolResult.text("Noted in %s.\nsha256 %s".formatted(noted.path(), noted.sha256())));
  }

  private Plans plans() throws IOException, InterruptedException {
    return Plans.in(workspace.get());
  }

  /// The plan of a call, and its session.
  private record Chosen(WorkspacePath path, SessionId session, Sessions sessions) {
    /// Makes it the session's plan, so that the next call need not name it.
    void bind() throws IOException, InterruptedException {
      boolean isBound =
          sessions.find(session).flatMap(known -> known.plan()).filter(path::equals).isPresent();
      if (!isBound) {
        sessions.bindPlan(session, path);
      }
    }
  }

  private Chosen choose(@Nullable String task, String sessionText)
      throws IOException, InterruptedException {
    SessionId session = SessionId.parse(sessionText);
    WorkspacePath bound = sessions.get().find(session).flatMap(known -> known.plan()).orElse(null);
    return switch (plans().choose(task, bound)) {
      case PlanChoice.Chosen(var path) -> new Chosen(path, session, sessions.get());
      case PlanChoice.Undecided(var found, var hint) ->
          throw new WorkspaceException(
              WorkspaceException.Kind.NOT_FOUND,
              "There are several plans, and nothing says which is meant; name one as `task`: "
                  + found.stream().map(WorkspacePath::toString).collect(Collectors.joining(", "))
                  + hint.map(plan -> " (.planning/.active_plan says " + plan + ")").orElse(""));
    };
  }
}
