package dev.homeport.server.tool;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.homeport.server.tool.schema.Arg;
import dev.homeport.skills.SkillCatalog;
import dev.homeport.skills.SkillCommands;
import dev.homeport.skills.SkillLoadOutcome;
import dev.homeport.skills.SkillRead;
import dev.homeport.skills.SkillReadOutcome;
import dev.homeport.skills.SkillSearchOutcome;
import dev.homeport.skills.SkillSearchOutcome.Hit;
import dev.homeport.skills.SkillSnapshot;
import dev.homeport.skills.usage.SkillUsage;
import dev.homeport.skills.usage.SkillUse;
import dev.homeport.workspace.Sha256;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.ai.mcp.annotation.McpTool.McpAnnotations;

/// The tools on skills: find the fitting one, load it, read its files. Thread-safe.
public final class SkillTools {
  private static final int DEFAULT_HITS = 5;
  private static final int MAX_HITS = 20;

  /// So many more skills are looked at if those for other files are left out.
  private static final int OTHER_FILES = 50;

  /// How many skills are named that do not fit.
  private static final int NEAREST = 3;

  private final Lazy<SkillCatalog> catalog;
  private final SkillUsage usage;
  private final Setting setting;
  private final LoadedSkills loaded = new LoadedSkills();

  /// @param catalog opened on first use
  /// @param usage counts what is found and loaded
  /// @param setting what else there is
  public SkillTools(Lazy<SkillCatalog> catalog, SkillUsage usage, Setting setting) {
    this.catalog = catalog;
    this.usage = usage;
    this.setting = setting;
  }

  /// What is around the tools on skills.
  ///
  /// @param sandbox runs commands for a session
  /// @param selection which tools are on
  public record Setting(Function<String, SkillCommands> sandbox, ToolRegistry.Selection selection) {
    private SkillCommands commands(String session) {
      boolean isOn = selection.toolsets().contains(Toolset.SANDBOX) && !selection.readOnly();
      return isOn ? sandbox.apply(session) : SkillCommands.NONE;
    }

    /// No sandbox, and all tools.
    public static final Setting NONE =
        new Setting(_ -> SkillCommands.NONE, ToolRegistry.Selection.ALL);
  }

  record SearchArgs(
      @Arg(
              value = "The task in a few words",
              aliases = {"task", "task_description", "q"})
          String query,
      @Arg(
              value = "Default 5",
              aliases = {"top_k", "max_results"})
          @Nullable Integer limit,
      @Arg(
              value = "File you work on: leaves out skills for others",
              aliases = {"path", "file_path"})
          @Nullable String file) {
    SearchArgs {
      if (limit != null && (limit < 1 || limit > MAX_HITS)) {
        throw new IllegalArgumentException("limit is " + limit + ", but must be 1 to " + MAX_HITS);
      }
    }
  }

  @McpTool(
      name = "skill_search",
      title = "Find a skill",
      description =
          "Finds skills (tested instructions with scripts) for a task by name, description and"
              + " text. Call it before starting anything non-trivial; it says so when none fits.",
      annotations =
          @McpAnnotations(
              readOnlyHint = true,
              destructiveHint = false,
              idempotentHint = true,
              openWorldHint = false))
  ToolResult search(SearchArgs args) throws IOException, InterruptedException {
    int limit = Objects.requireNonNullElse(args.limit(), DEFAULT_HITS);
    SkillCatalog skills = catalog.get();
    SkillSnapshot snapshot = skills.snapshot();
    return switch (search(snapshot, args, limit)) {
      case SkillSearchOutcome.Hits(var hits) -> {
        usage.note(SkillUse.FOUND, hits.stream().map(hit -> hit.skill().name().value()).toList());
        yield ToolResult.text(
                "Load the fitting one with skill_load:\n" + SkillTexts.lines(skills, hits))
            .withMeta("fits", hits.size());
      }
      case SkillSearchOutcome.NoneFits(var nearest) -> {
        usage.noteNothingFound();
        String rest =
            nearest.isEmpty()
                ? ""
                : " The nearest, probably about something else:\n"
                    + SkillTexts.lines(skills, nearest.stream().limit(NEAREST).toList());
        String unreadable = SkillTexts.unreadable(snapshot);
        yield ToolResult.text(
                "No skill fits; work without one."
                    + rest
                    + (unreadable.isEmpty() ? "" : "\n" + unreadable))
            .withMeta("fits", 0);
      }
    };
  }

  private static SkillSearchOutcome search(SkillSnapshot snapshot, SearchArgs args, int limit)
      throws IOException, InterruptedException {
    if (args.file() == null) {
      return snapshot.search(args.query(), limit);
    }
    WorkspacePath file = WorkspacePath.parse(args.file());
    return switch (snapshot.search(args.query(), limit + OTHER_FILES)) {
      case SkillSearchOutcome.NoneFits none -> none;
      case SkillSearchOutcome.Hits(var hits) -> {
        List<Hit> left =
            hits.stream().filter(hit -> hit.skill().metadata().suits(file)).limit(limit).toList();
        yield left.isEmpty()
            ? new SkillSearchOutcome.NoneFits(hits)
            : new SkillSearchOutcome.Hits(left);
      }
    };
  }

  record LoadArgs(
      @Arg(
              value = "As skill_search gives it",
              aliases = {"skill", "skill_name", "command"},
              example = "\"debug-from-logs\"")
          String name,
      @Arg(
              value = "What the skill is to work on",
              aliases = {"args"})
          @Nullable String arguments,
      @Arg("Send it again though this session has it") @Nullable Boolean force,
      @Nullable String session) {}

  @McpTool(
      name = "skill_load",
      title = "Load a skill",
      description =
          "Gives a skill's instructions, its directory and its files. Follow them. Read its files"
              + " with skill_read, run its scripts with execute.",
      annotations =
          @McpAnnotations(
              readOnlyHint = true,
              destructiveHint = false,
              idempotentHint = true,
              openWorldHint = false))
  ToolResult load(LoadArgs args, ToolContext context) throws IOException, InterruptedException {
    String session = context.session(args.session());
    String arguments = Objects.requireNonNullElse(args.arguments(), "");
    var variables = Map.of("CLAUDE_SESSION_ID", session, "CLAUDE_PROJECT_DIR", ".");
    SkillCommands commands = setting.commands(session);
    return switch (catalog.get().load(args.name(), arguments, variables, commands)) {
      case SkillLoadOutcome.CommandFailed(var name, var command, var reason) ->
          ToolResult.error(
              "`%s` is not loaded: its command `%s` failed (%s).".formatted(name, command, reason));
      case SkillLoadOutcome.Unknown(var nearest) -> SkillTexts.unknownSkill(args.name(), nearest);
      case SkillLoadOutcome.Withheld(var name, var reason) ->
          SkillTexts.withheld(name.value(), reason);
      case SkillLoadOutcome.Loaded skill -> {
        String name = skill.skill().name().value();
        boolean again = loaded.add(session, name, Sha256.hex(skill.text().getBytes(UTF_8)));
        boolean isSent = !again || Boolean.TRUE.equals(args.force());
        if (isSent) {
          usage.note(SkillUse.LOADED, List.of(name));
        }
        yield !isSent
            ? ToolResult.text(
                "`%s` is already loaded in this session, unchanged: use it as it stands in your"
                        .formatted(name)
                    + " context. If it is gone from there, call again with force: true.")
            : ToolResult.text(
                    skill.text()
                        + AllowedTools.explained(
                            skill.skill().metadata().allowedTools(), setting.selection()))
                .withMeta("sha256", skill.skill().sha256());
      }
    };
  }

  record ReadArgs(
      @Arg(
              value = "Skill",
              aliases = {"skill", "skill_name"})
          String name,
      @Arg(
              value = "Relative to the skill; none lists its files",
              aliases = {"relative_path", "file"})
          @Nullable String path,
      @Arg("Only the section under this heading") @Nullable String section,
      @Arg(
              value = "First line, from 1",
              aliases = {"offset", "start_line"})
          @Nullable Integer line,
      @Arg(
              value = "Default 1000",
              aliases = {"limit"})
          @Nullable Integer maxLines) {
    SkillRead request() {
      return new SkillRead(
          name,
          Objects.requireNonNullElse(path, ""),
          Optional.ofNullable(section),
          Objects.requireNonNullElse(line, 1),
          Objects.requireNonNullElse(maxLines, SkillRead.DEFAULT_MAX_LINES));
    }
  }

  @McpTool(
      name = "skill_read",
      title = "Read a skill's file",
      description = "Reads a file of a skill, or one section or range of lines; lists a directory.",
      annotations =
          @McpAnnotations(
              readOnlyHint = true,
              destructiveHint = false,
              idempotentHint = true,
              openWorldHint = false))
  ToolResult read(ReadArgs args) throws IOException, InterruptedException {
    return switch (catalog.get().read(args.request())) {
      case SkillReadOutcome.Text text -> SkillTexts.text(text);
      case SkillReadOutcome.Binary binary -> SkillTexts.binary(binary);
      case SkillReadOutcome.Listing(var path, var resources) ->
          ToolResult.text(
              resources.isEmpty()
                  ? path + " holds no files."
                  : SkillTexts.names(resources, "\n") + "\n");
      case SkillReadOutcome.UnknownSkill(var nearest) ->
          SkillTexts.unknownSkill(args.name(), nearest);
      case SkillReadOutcome.Withheld(var reason) -> SkillTexts.withheld(args.name(), reason);
      case SkillReadOutcome.UnknownFile(var path, var resources) -> {
        catalog
            .get()
            .snapshot()
            .find(args.name())
            .ifPresent(skill -> usage.note(SkillUse.FILE_MISSING, List.of(skill.name().value())));
        yield ToolResult.error(
            "`%s` has no file %s. It has: SKILL.md%s"
                .formatted(
                    args.name(),
                    path,
                    resources.isEmpty() ? "" : ", " + SkillTexts.names(resources, ", ")));
      }
      case SkillReadOutcome.UnknownSection(var section, var headings) ->
          ToolResult.error(
              "There is no section '%s'. Headings: %s"
                  .formatted(
                      section,
                      headings.isEmpty()
                          ? "none"
                          : String.join(" | ", SkillTexts.firsts(headings))));
    };
  }
}
