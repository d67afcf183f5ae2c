package dev.homeport.plan;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.homeport.text.Utf8;
import dev.homeport.version.Author;
import dev.homeport.version.Versions;
import dev.homeport.workspace.FileInfo;
import dev.homeport.workspace.Sha256;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspaceException;
import dev.homeport.workspace.WorkspaceException.Kind;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The task plans of a workspace: `task_plan.md` at its root and `.planning/<task>/task_plan.md`.
///
/// Changes keep every byte that they are not about. Thread-safe; several processes may share the
/// plans.
public final class Plans {
  /// The most bytes that a plan may have.
  public static final int MAX_BYTES = 1 << 20;

  private static final String FILE = "task_plan.md";
  private static final String NAMED = ".planning";
  private static final String POINTER = ".active_plan";
  private static final int MAX_POINTER = 4_096;

  private final Workspace workspace;

  private Plans(Workspace workspace) {
    this.workspace = workspace;
  }

  /// The plans of a workspace.
  public static Plans in(Workspace workspace) {
    return new Plans(workspace);
  }

  /// The files of all plans, the unnamed one first, then by name.
  public List<WorkspacePath> list() throws IOException {
    var plans = new ArrayList<WorkspacePath>();
    addIfThere(plans, WorkspacePath.parse(FILE));
    WorkspacePath named = WorkspacePath.parse(NAMED);
    if (workspace.stat(named).filter(FileInfo::isDirectory).isPresent()) {
      for (FileInfo task : workspace.list(named)) {
        if (task.isDirectory()) {
          addIfThere(plans, task.path().child(FILE));
        }
      }
    }
    return plans;
  }

  private void addIfThere(List<WorkspacePath> plans, WorkspacePath path) throws IOException {
    if (workspace.stat(path).filter(FileInfo::isFile).isPresent()) {
      plans.add(path);
    }
  }

  /// Which plan is meant: the task asked for, else the one bound to the session, else the only one
  /// there is, else the unnamed one that is yet to be made. It is never guessed between two.
  ///
  /// @param task the name of a task, or the path of a plan as [#list] gives it; null if not said.
  ///   Where there is no such task, the one whose name is that with a date such as `2026-11-23-` in
  ///   front
  /// @param bound the plan that is bound to the session, or null
  public PlanChoice choose(@Nullable String task, @Nullable WorkspacePath bound)
      throws IOException {
    if (task != null && !task.isBlank()) {
      return named(pathOf(task.strip()));
    }
    if (bound != null) {
      return new PlanChoice.Chosen(bound);
    }
    List<WorkspacePath> plans = list();
    return switch (plans.size()) {
      case 0 -> new PlanChoice.Chosen(WorkspacePath.parse(FILE));
      case 1 -> new PlanChoice.Chosen(plans.getFirst());
      default -> undecided(plans);
    };
  }

  private PlanChoice named(WorkspacePath path) throws IOException {
    if (path.parent().isRoot() || workspace.stat(path).isPresent()) {
      return new PlanChoice.Chosen(path);
    }
    String name = path.parent().name();
    List<WorkspacePath> dated =
        list().stream().filter(plan -> isDated(plan.parent().name(), name)).toList();
    return switch (dated.size()) {
      case 0 -> new PlanChoice.Chosen(path);
      case 1 -> new PlanChoice.Chosen(dated.getFirst());
      default -> undecided(dated);
    };
  }

  /// Whether a folder has the name `YYYY-MM-DD-<slug>`.
  private static boolean isDated(String folder, String slug) {
    int dateLength = folder.length() - slug.length() - 1;
    if (dateLength != "YYYY-MM-DD".length() || !folder.endsWith("-" + slug)) {
      return false;
    }
    try {
      return LocalDate.parse(folder.substring(0, dateLength)).isAfter(LocalDate.MIN);
    } catch (DateTimeException e) {
      return false;
    }
  }

  private PlanChoice undecided(List<WorkspacePath> plans) throws IOException {
    String name = activeName();
    return new PlanChoice.Undecided(
        plans,
        plans.stream()
            .filter(plan -> !name.isEmpty() && plan.parent().name().equals(name))
            .findFirst());
  }

  /// The folder that the pointer of planning-with-files names. Every session of a workspace
  /// overwrites it, so it is a hint for the agent and decides nothing.
  private String activeName() throws IOException {
    WorkspacePath pointer = WorkspacePath.parse(NAMED).child(POINTER);
    try {
      return workspace.stat(pointer).filter(FileInfo::isFile).isEmpty()
          ? ""
          : Utf8.decode(workspace.read(pointer, MAX_POINTER)).orElse("").strip();
    } catch (WorkspaceException e) {
      return "";
    }
  }

  private static WorkspacePath pathOf(String task) throws WorkspaceException {
    if (task.equals(FILE)) {
      return WorkspacePath.parse(FILE);
    }
    String name = task.startsWith(NAMED + "/") ? task.substring(NAMED.length() + 1) : task;
    name = name.endsWith("/" + FILE) ? name.substring(0, name.length() - FILE.length() - 1) : name;
    if (name.startsWith(".")) {
      throw new WorkspaceException(
          Kind.BAD_PATH, "The task '" + task + "' must be a name such as 'release-2'.");
    }
    return WorkspacePath.parse(NAMED).child(name).child(FILE);
  }

  /// The plan in a file, or empty if there is none.
  ///
  /// @throws WorkspaceException if it is too large or no UTF-8
  public Optional<PlanFile> read(WorkspacePath path) throws IOException {
    if (workspace.stat(path).isEmpty()) {
      return Optional.empty();
    }
    byte[] bytes = workspace.read(path, MAX_BYTES);
    try {
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return Optional.of(new PlanFile(path, text, Sha256.hex(bytes), TaskPlan.parse(text)));
    } catch (CharacterCodingException e) {
      throw new WorkspaceException(
          Kind.DENIED, path + " is not UTF-8 text; convert it, then try again.", e);
    }
  }

  /// Makes all changes in their order, or none; a plan that does not exist yet is made.
  ///
  /// @param expectedSha256 what the plan must be now, or null for any
  public PlanOutcome update(
      WorkspacePath path, List<PlanChange> changes, @Nullable String expectedSha256)
      throws IOException, InterruptedException {
    try (var _ = workspace.lock(List.of(path))) {
      Optional<PlanFile> current = read(path);
      if (expectedSha256 != null
          && current.map(PlanFile::sha256).filter(expectedSha256::equals).isEmpty()) {
        return new PlanOutcome.Stale(current.orElse(null));
      }
      var document =
          new PlanDocument(current.map(PlanFile::text).orElseGet(() -> heading(path, changes)));
      for (PlanChange change : changes) {
        document = PlanEditor.apply(document, change);
      }
      return new PlanOutcome.Changed(save(path, document.text(), current), current.isEmpty());
    } catch (RejectedChangeException e) {
      return new PlanOutcome.Rejected(e.getMessage() + " Nothing was changed.");
    }
  }

  private static String heading(WorkspacePath path, List<PlanChange> changes) {
    String title = path.parent().isRoot() ? "Task" : path.parent().name();
    for (PlanChange change : changes) {
      if (change instanceof PlanChange.SetGoal(var goal) && goal.length() <= 80) {
        title = goal.lines().findFirst().orElse(title).strip();
      }
    }
    return "# Task Plan: " + title + "\n";
  }

  private PlanFile save(WorkspacePath path, String text, Optional<PlanFile> current)
      throws IOException {
    if (current.isPresent() && current.get().text().equals(text)) {
      return current.get();
    }
    byte[] bytes = Utf8.encode(text);
    if (bytes.length > MAX_BYTES) {
      throw new WorkspaceException(
          Kind.TOO_LARGE, path + " would have more than " + MAX_BYTES + " bytes; nothing changed.");
    }
    byte[] old = current.map(plan -> plan.text().getBytes(UTF_8)).orElse(null);
    Versions.of(workspace).write(path, old, bytes, Author.current());
    return new PlanFile(path, text, Sha256.hex(bytes), TaskPlan.parse(text));
  }
}
