package dev.homeport.server.tool;

import dev.homeport.server.tool.schema.Arg;
import dev.homeport.skills.SkillCatalog;
import dev.homeport.skills.SkillLoadOutcome;
import dev.homeport.skills.SkillName;
import dev.homeport.skills.SkillRead;
import dev.homeport.skills.SkillReadOutcome;
import dev.homeport.skills.SkillResource;
import dev.homeport.skills.SkillSearchOutcome;
import dev.homeport.skills.SkillSearchOutcome.Hit;
import dev.homeport.skills.usage.SkillUsage;
import dev.homeport.skills.usage.SkillUse;
import dev.homeport.workspace.Sha256;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.ai.mcp.annotation.McpTool.McpAnnotations;

/// The tools on skills: find the fitting one, load it, read its files. Thread-safe.
public final class SkillTools {
  private static final int DEFAULT_HITS = 5;
  private static final int MAX_HITS = 20;
  private static final int SHOWN_DESCRIPTION = 300;
  private static final int MAX_NAMES = 40;

  /// How many skills are named that do not fit.
  private static final int NEAREST = 3;

  /// The largest file that is sent as a picture or in base64, in bytes.
  private static final int MAX_PICTURE = 4 << 20;

  private static final int MAX_BASE64 = 24 << 10;

  private final Lazy<SkillCatalog> catalog;
  private final SkillUsage usage;
  private final LoadedSkills loaded = new LoadedSkills();

  /// @param catalog opened on first use
  /// @param usage counts what is found and loaded
  public SkillTools(Lazy<SkillCatalog> catalog, SkillUsage usage) {
    this.catalog = catalog;
    this.usage = usage;
  }

  record SearchArgs(
      @Arg(
              value = "The task in a few words",
              aliases = {"task", "task_description", "q"})
          String query,
      @Arg(
              value = "Default 5",
              aliases = {"top_k", "max_results"})
          @Nullable Integer limit) {
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
    return switch (skills.snapshot().search(args.query(), limit)) {
      case SkillSearchOutcome.Hits(var hits) -> {
        usage.note(SkillUse.FOUND, hits.stream().map(hit -> hit.skill().name().value()).toList());
        yield ToolResult.text("Load the fitting one with skill_load:\n" + lines(skills, hits))
            .withMeta("fits", hits.size());
      }
      case SkillSearchOutcome.NoneFits(var nearest) -> {
        usage.noteNothingFound();
        String rest =
            nearest.isEmpty()
                ? ""
                : " The nearest, probably about something else:\n"
                    + lines(skills, nearest.stream().limit(NEAREST).toList());
        yield ToolResult.text("No skill fits; work without one." + rest).withMeta("fits", 0);
      }
    };
  }

  /// What is withheld is named, but none of its own words are shown.
  private static String lines(SkillCatalog skills, List<Hit> hits)
      throws IOException, InterruptedException {
    var lines = new StringBuilder();
    for (Hit hit : hits) {
      Optional<String> withheld = skills.verdict(hit.skill()).withheld();
      lines.append(
          "- %s (fit %.2f): %s\n"
              .formatted(
                  hit.skill().name(),
                  hit.fit(),
                  withheld
                      .map(reason -> "in quarantine. " + reason)
                      .orElseGet(() -> hit.skill().shortDescription(SHOWN_DESCRIPTION))));
    }
    return lines.toString();
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
    return switch (catalog.get().load(args.name(), arguments, variables)) {
      case SkillLoadOutcome.Unknown(var nearest) -> unknownSkill(args.name(), nearest);
      case SkillLoadOutcome.Withheld(var name, var reason) -> withheld(name.value(), reason);
      case SkillLoadOutcome.Loaded skill -> {
        String name = skill.skill().name().value();
        boolean again = loaded.add(session, name, skill.skill().sha256() + " " + arguments);
        boolean isSent = !again || Boolean.TRUE.equals(args.force());
        if (isSent) {
          usage.note(SkillUse.LOADED, List.of(name));
        }
        yield !isSent
            ? ToolResult.text(
                "`%s` is already loaded in this session, unchanged: use it as it stands in your"
                        .formatted(name)
                    + " context. If it is gone from there, call again with force: true.")
            : ToolResult.text(skill.text()).withMeta("sha256", skill.skill().sha256());
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
      case SkillReadOutcome.Text text -> text(text);
      case SkillReadOutcome.Binary binary -> binary(binary);
      case SkillReadOutcome.Listing(var path, var resources) ->
          ToolResult.text(
              resources.isEmpty() ? path + " holds no files." : names(resources, "\n") + "\n");
      case SkillReadOutcome.UnknownSkill(var nearest) -> unknownSkill(args.name(), nearest);
      case SkillReadOutcome.Withheld(var reason) -> withheld(args.name(), reason);
      case SkillReadOutcome.UnknownFile(var path, var resources) -> {
        catalog
            .get()
            .snapshot()
            .find(args.name())
            .ifPresent(skill -> usage.note(SkillUse.FILE_MISSING, List.of(skill.name().value())));
        yield ToolResult.error(
            "`%s` has no file %s. It has: SKILL.md%s"
                .formatted(
                    args.name(), path, resources.isEmpty() ? "" : ", " + names(resources, ", ")));
      }
      case SkillReadOutcome.UnknownSection(var section, var headings) ->
          ToolResult.error(
              "There is no section '%s'. Headings: %s"
                  .formatted(
                      section, headings.isEmpty() ? "none" : String.join(" | ", firsts(headings))));
    };
  }

  private static ToolResult text(SkillReadOutcome.Text text) {
    String rest =
        text.nextLine() == 0
            ? ""
            : "[There is more, %d lines in all: go on with line: %d]\n"
                .formatted(text.totalLines(), text.nextLine());
    return ToolResult.text(text.content() + rest)
        .withMeta("first_line", text.firstLine())
        .withMeta("total_lines", text.totalLines());
  }

  private static ToolResult binary(SkillReadOutcome.Binary binary) {
    byte[] content = binary.content();
    String what =
        "%s is %s, %,d bytes, sha256 %s."
            .formatted(binary.path(), binary.mediaType(), content.length, Sha256.hex(content));
    if (binary.mediaType().startsWith("image/") && content.length <= MAX_PICTURE) {
      return ToolResult.text(what).withImages(ToolResult.Image.of(content, binary.mediaType()));
    }
    return ToolResult.text(
        content.length <= MAX_BASE64
            ? what + " In base64:\n" + Base64.getEncoder().encodeToString(content) + "\n"
            : what + " It is too large to be shown; let a program read it.");
  }

  private static ToolResult withheld(String name, String reason) {
    return ToolResult.error("`%s` is in quarantine and not served. %s".formatted(name, reason));
  }

  private static ToolResult unknownSkill(String name, List<SkillName> nearest) {
    return ToolResult.error(
        nearest.isEmpty()
            ? "There is no skill `%s`, and no other either.".formatted(name)
            : "There is no skill `%s`. Nearest: %s. skill_search finds one by task."
                .formatted(
                    name,
                    nearest.stream().map(SkillName::value).collect(Collectors.joining(", "))));
  }

  private static String names(List<SkillResource> resources, String separator) {
    return String.join(separator, firsts(resources.stream().map(SkillResource::path).toList()));
  }

  /// So many names that an agent can still choose from them.
  private static List<String> firsts(List<String> names) {
    return names.size() <= MAX_NAMES
        ? names
        : java.util.stream.Stream.concat(
                names.stream().limit(MAX_NAMES), java.util.stream.Stream.of("…"))
            .toList();
  }
}
