package dev.homeport.skills;

import dev.homeport.skills.text.Excerpt;
import dev.homeport.skills.text.Markup;
import dev.homeport.skills.text.Placeholders;
import dev.homeport.workspace.WorkspaceException;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Wraps the body of one skill so that an agent knows where it begins, ends and comes from.
final class SkillLoader {
  private final Skill skill;
  private final SkillHost host;

  SkillLoader(Skill skill, SkillHost host) {
    this.skill = skill;
    this.host = host;
  }

  SkillLoadOutcome.Loaded load(String arguments, Map<String, String> variables, List<String> notes)
      throws IOException {
    var all = new HashMap<>(variables);
    all.put("CLAUDE_SKILL_DIR", skill.location().shown());
    String body =
        new Placeholders(skill.metadata().invocation().arguments(), arguments, all)
            .fill(skill.body());
    List<SkillResource> resources = resources();
    List<String> unmet = skill.metadata().requirements().unmet(host);
    return new SkillLoadOutcome.Loaded(
        skill,
        render(body, resources, unmet, notes),
        resources.stream().limit(SkillResources.LIST_LIMIT).toList(),
        unmet);
  }

  /// What an agent loses when its files cannot be listed is the list, not the skill.
  private List<SkillResource> resources() throws IOException {
    try {
      return SkillResources.of(skill.location()).list(WorkspacePath.ROOT);
    } catch (WorkspaceException e) {
      return List.of();
    }
  }

  private String render(
      String body, List<SkillResource> resources, List<String> unmet, List<String> notes) {
    var out = new StringBuilder();
    SkillLocation location = skill.location();
    out.append(
        "<skill_content name=\"%s\" source=\"%s\" file=\"%s\">\n"
            .formatted(
                skill.name(),
                location.root().scope().shown(),
                Markup.escape(location.root().shown(location.file()))));
    out.append(body.stripTrailing().replace("</skill_content", "&lt;/skill_content"));
    out.append("\n\n");
    if (Placeholders.hasCommands(body)) {
      out.append("Note: commands written as !`…` above were not run; run them if you need to.\n");
    }
    skill
        .metadata()
        .compatibility()
        .ifPresent(
            text -> out.append("Compatibility: ").append(Excerpt.of(text, 500)).append('\n'));
    notes.forEach(note -> out.append(Markup.escape(note)).append(".\n"));
    unmet.forEach(need -> out.append("Missing here: ").append(need).append(".\n"));
    out.append("Skill directory: ").append(Markup.escape(location.shown()));
    out.append(" (paths in this skill are relative to it)\n");
    appendResources(resources, out);
    return out.append("</skill_content>\n").toString();
  }

  private static void appendResources(List<SkillResource> resources, StringBuilder out) {
    if (resources.isEmpty()) {
      return;
    }
    out.append("<skill_resources>\n");
    resources.stream()
        .limit(SkillResources.LIST_LIMIT)
        .map(resource -> "  <file>" + Markup.escape(resource.path()) + "</file>\n")
        .forEach(out::append);
    if (resources.size() > SkillResources.LIST_LIMIT) {
      out.append("  (and more)\n");
    }
    out.append("</skill_resources>\n");
  }
}
