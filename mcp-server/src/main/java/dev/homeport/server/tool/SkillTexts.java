package dev.homeport.server.tool;

import dev.homeport.skills.Skill;
import dev.homeport.skills.SkillCatalog;
import dev.homeport.skills.SkillName;
import dev.homeport.skills.SkillProblem;
import dev.homeport.skills.SkillReadOutcome;
import dev.homeport.skills.SkillResource;
import dev.homeport.skills.SkillSearchOutcome.Hit;
import dev.homeport.skills.SkillSnapshot;
import dev.homeport.workspace.Sha256;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What the tools on skills say.
final class SkillTexts {
  private static final int SHOWN_DESCRIPTION = 300;
  private static final int MAX_NAMES = 40;
  private static final int MAX_UNREADABLE = 3;

  /// The largest file that is sent as a picture or in base64, in bytes.
  private static final int MAX_PICTURE = 4 << 20;

  private static final int MAX_BASE64 = 24 << 10;

  private SkillTexts() {}

  /// What is withheld is named, but none of its own words are shown.
  static String lines(SkillCatalog skills, List<Hit> hits)
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
                      .orElseGet(() -> described(hit.skill()))));
    }
    return lines.toString();
  }

  private static String described(Skill skill) {
    List<String> paths = skill.metadata().paths();
    return skill.shortDescription(SHOWN_DESCRIPTION)
        + (paths.isEmpty() ? "" : " (for " + String.join(", ", firsts(paths)) + ")");
  }

  static ToolResult text(SkillReadOutcome.Text text) {
    String rest =
        text.nextLine() == 0
            ? ""
            : "[There is more, %d lines in all: go on with line: %d]\n"
                .formatted(text.totalLines(), text.nextLine());
    return ToolResult.text(text.content() + rest)
        .withMeta("first_line", text.firstLine())
        .withMeta("total_lines", text.totalLines());
  }

  static ToolResult binary(SkillReadOutcome.Binary binary) {
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

  /// Where skills were looked for in vain, a line each; empty if everything could be read.
  static String unreadable(SkillSnapshot snapshot) {
    List<SkillProblem> unreadable = snapshot.unreadable();
    if (unreadable.isEmpty()) {
      return "";
    }
    var lines = new StringBuilder("There may be more skills, as these could not be read:\n");
    unreadable.stream()
        .limit(MAX_UNREADABLE)
        .forEach(
            problem -> lines.append("- %s: %s\n".formatted(problem.place(), problem.message())));
    int more = unreadable.size() - MAX_UNREADABLE;
    return lines
        .append(more > 0 ? "- %d more: see `homeport skills list`\n".formatted(more) : "")
        .toString();
  }

  static ToolResult withheld(String name, String reason) {
    return ToolResult.error("`%s` is in quarantine and not served. %s".formatted(name, reason));
  }

  static ToolResult unknownSkill(String name, List<SkillName> nearest) {
    return ToolResult.error(
        nearest.isEmpty()
            ? "There is no skill `%s`, and no other either.".formatted(name)
            : "There is no skill `%s`. Nearest: %s. skill_search finds one by task."
                .formatted(
                    name,
                    nearest.stream().map(SkillName::value).collect(Collectors.joining(", "))));
  }

  static String names(List<SkillResource> resources, String separator) {
    return String.join(separator, firsts(resources.stream().map(SkillResource::path).toList()));
  }

  /// So many names that an agent can still choose from them.
  static List<String> firsts(List<String> names) {
    return names.size() <= MAX_NAMES
        ? names
        : java.util.stream.Stream.concat(
                names.stream().limit(MAX_NAMES), java.util.stream.Stream.of("…"))
            .toList();
  }
}
