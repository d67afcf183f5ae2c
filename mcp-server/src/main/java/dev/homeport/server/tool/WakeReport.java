package dev.homeport.server.tool;

import dev.homeport.claude.ApprovedImports;
import dev.homeport.claude.ClaudeMemory;
import dev.homeport.claude.ClaudePiece;
import dev.homeport.claude.ClaudeResolver;
import dev.homeport.claude.ClaudeRoots;
import dev.homeport.memory.MemoryIndex;
import dev.homeport.memory.MemoryStore;
import dev.homeport.plan.PlanChoice;
import dev.homeport.plan.Plans;
import dev.homeport.session.Event;
import dev.homeport.session.EventQuery;
import dev.homeport.session.Session;
import dev.homeport.session.SessionId;
import dev.homeport.session.Sessions;
import dev.homeport.workspace.FileInfo;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// What an agent is told when it wakes, within a budget. Thread-safe.
///
/// Each part may take a share of the budget; what the parts before leave over goes to the
/// instructions, which come last because most clients load them by themselves.
public final class WakeReport {
  /// The budget that is taken if none is given, in tokens of four characters.
  public static final int DEFAULT_TOKENS = 4_000;

  private static final int OTHER_SESSIONS = 5;
  private static final int EVENTS = 10;
  private static final int EVENT_CHARACTERS = 300;
  private static final String CUT = "\n[cut]\n";

  /// The skills on offer, as a short text.
  @FunctionalInterface
  public interface SkillListingSource {
    /// The listing within so many tokens; empty if there are no skills.
    ///
    /// @param file what the agent works on, if that is known
    String list(Optional<WorkspacePath> file, int tokens) throws IOException, InterruptedException;
  }

  /// Where instructions outside of the workspace come from.
  ///
  /// @param roots the user's and the organisation's
  /// @param approved what may be imported from elsewhere
  public record InstructionSources(ClaudeRoots roots, ApprovedImports approved) {
    /// Nothing outside of the workspace.
    public static final InstructionSources NONE =
        new InstructionSources(ClaudeRoots.NONE, ApprovedImports.NONE);
  }

  private final Lazy<Workspace> workspace;
  private final Lazy<Sessions> sessions;
  private final Lazy<MemoryStore> memory;
  private final SkillListingSource skills;
  private final ClaudeRoots roots;
  private final ApprovedImports approved;

  /// @param workspace holds plans and instructions
  /// @param sessions the sessions and their logs
  /// @param memory holds the index
  /// @param skills lists the skills on offer
  /// @param instructions where instructions outside of the workspace stand
  public WakeReport(
      Lazy<Workspace> workspace,
      Lazy<Sessions> sessions,
      Lazy<MemoryStore> memory,
      SkillListingSource skills,
      InstructionSources instructions) {
    this.workspace = workspace;
    this.sessions = sessions;
    this.memory = memory;
    this.skills = skills;
    this.roots = instructions.roots();
    this.approved = instructions.approved();
  }

  /// The report.
  ///
  /// @param directory where the agent works, relative to the workspace; if it is a file, the rules
  ///   for that file are told as well, and skills for other files are not
  /// @param budget the most characters
  String of(SessionId session, String directory, int budget)
      throws IOException, InterruptedException {
    Optional<Session> known = sessions.get().find(session);
    var text = new StringBuilder();
    section(text, "Session", sessionText(session, known), budget / 8);
    section(text, "Plan", planText(known, budget / 5), budget / 5);
    section(text, "Last events", eventText(session), budget / 6);
    section(text, "Memory index", memoryText(), budget / 5);
    WorkspacePath path = workspace.get().path(directory);
    boolean isFile = workspace.get().stat(path).filter(FileInfo::isFile).isPresent();
    Optional<WorkspacePath> file = isFile ? Optional.of(path) : Optional.empty();
    section(text, "Skills", skills.list(file, budget / 6 / 4), budget / 6);
    int left = budget - text.length();
    section(text, "Instructions", instructions(isFile ? path.parent() : path, file, left), left);
    return text.toString();
  }

  /// Appends a part, cut at a line so that it takes at most so many characters.
  private static void section(StringBuilder text, String title, String body, int most) {
    String heading = (text.isEmpty() ? "" : "\n") + "# " + title + "\n";
    int room = most - heading.length() - 1;
    if (body.isBlank() || room < CUT.length()) {
      return;
    }
    String stripped = body.strip();
    String kept = stripped;
    if (stripped.length() > room) {
      int limit = room - CUT.length() + 1;
      int line = stripped.lastIndexOf('\n', limit);
      kept = stripped.substring(0, line > limit / 2 ? line : safe(stripped, limit)) + CUT.strip();
    }
    text.append(heading).append(kept).append('\n');
  }

  private static int safe(String text, int cut) {
    return cut > 0 && Character.isHighSurrogate(text.charAt(cut - 1)) ? cut - 1 : cut;
  }

  private String sessionText(SessionId id, Optional<Session> known)
      throws IOException, InterruptedException {
    var text = new StringBuilder("This is session `" + id + "`");
    if (known.isEmpty()) {
      return text.append('.').toString();
    }
    text.append(", begun ").append(known.get().created()).append(".\n");
    List<Session> others =
        sessions.get().list(known.get().owner().principal()).stream()
            .filter(other -> !other.id().equals(id))
            .toList();
    if (!others.isEmpty()) {
      text.append("Others (go on with one by passing `session`):\n");
    }
    for (Session other : others.stream().limit(OTHER_SESSIONS).toList()) {
      text.append(
          "- `%s` %s, active %s%s\n"
              .formatted(
                  other.id(),
                  other.owner().client(),
                  other.active(),
                  other.plan().map(plan -> ", plan " + plan).orElse("")));
    }
    return text.toString();
  }

  private String planText(Optional<Session> session, int budget)
      throws IOException, InterruptedException {
    Plans plans = Plans.in(workspace.get());
    WorkspacePath bound = session.flatMap(Session::plan).orElse(null);
    return switch (plans.choose(null, bound)) {
      case PlanChoice.Undecided(var found, var hint) ->
          "Several plans, none chosen; pass one as `task` to plan_get:\n- "
              + String.join("\n- ", found.stream().map(WorkspacePath::toString).toList())
              + hint.map(plan -> "\n.planning/.active_plan says " + plan + ".").orElse("");
      case PlanChoice.Chosen(var path) ->
          plans
              .read(path)
              .map(file -> file.path() + "\n" + file.plan().recite(budget / 4))
              .orElse("None yet; plan_update makes one.");
    };
  }

  private String eventText(SessionId session) throws IOException, InterruptedException {
    List<Event> events =
        sessions.get().log(session).events(EventQuery.last(EVENTS)).events().reversed();
    var text = new StringBuilder();
    for (Event event : events) {
      String line = SessionTools.line(event);
      boolean fits = line.length() <= EVENT_CHARACTERS;
      text.append(fits ? line : line.substring(0, safe(line, EVENT_CHARACTERS)) + "…").append('\n');
    }
    return text.toString();
  }

  private String memoryText() throws IOException, InterruptedException {
    var text = new StringBuilder();
    for (MemoryIndex index : memory.get().indexes()) {
      text.append(index.file().path()).append(":\n").append(index.text().strip()).append('\n');
    }
    return text.toString();
  }

  private String instructions(WorkspacePath directory, Optional<WorkspacePath> file, int room)
      throws IOException, InterruptedException {
    ClaudeMemory all =
        ClaudeResolver.of(workspace.get(), roots, approved)
            .resolve(directory, file.map(List::of).orElse(List.of()));
    var notes = new StringBuilder();
    all.conditional()
        .forEach(rule ->
            notes.append(
                "- %s holds for %s\n".formatted(rule.source(), String.join(", ", rule.paths()))));
    all.skipped()
        .forEach(skipped ->
            notes.append(
                "- %s (in %s) was not loaded: %s\n"
                    .formatted(skipped.target(), skipped.source(), reason(skipped.reason()))));
    int headings = all.pieces().stream().mapToInt(piece -> heading(piece).length() + 2).sum();
    var text = new StringBuilder();
    for (ClaudePiece piece :
        all.within(Math.max(0, room - headings - notes.length() - 60)).pieces()) {
      text.append(heading(piece)).append('\n').append(piece.text().strip()).append('\n');
    }
    return text.append(notes).toString();
  }

  private static String heading(ClaudePiece piece) {
    return "## %s (%d characters%s%s)"
        .formatted(
            piece.source(),
            piece.characters(),
            piece.importer().map(by -> ", imported by " + by).orElse(""),
            piece.isCut() ? ", cut" : "");
  }

  private static String reason(ClaudeMemory.Reason reason) {
    return switch (reason) {
      case NEEDS_APPROVAL -> "outside the workspace, needs the user's approval";
      case MISSING -> "does not exist";
      case TOO_DEEP -> "imported more than " + ClaudeResolver.MAX_DEPTH + " deep";
      case TOO_LARGE -> "larger than " + ClaudeResolver.MAX_BYTES + " bytes";
      case TOO_MUCH -> "too much was loaded before it";
      case NOT_TEXT -> "not UTF-8 text";
      case UNREADABLE -> "cannot be read";
    };
  }
}
