package dev.homeport.skills;

import dev.homeport.skills.text.Excerpt;
import dev.homeport.skills.text.Markup;
import dev.homeport.skills.text.Placeholders;
import dev.homeport.skills.text.ShellCommands;
import dev.homeport.workspace.WorkspaceException;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Wraps the body of one skill so that an agent knows where it begins, ends and comes from.
final class SkillLoader {
  private final Skill skill;
  private final SkillHost host;
  private final SkillCommands commands;

  SkillLoader(Skill skill, SkillHost host, SkillCommands commands) {
    this.skill = skill;
    this.host = host;
    this.commands = commands;
  }

  SkillLoadOutcome load(String arguments, Map<String, String> variables, List<String> notes)
      throws IOException, InterruptedException {
    Optional<String> inSandbox = commands.directory(skill);
    var here = new HashMap<>(variables);
    here.put("CLAUDE_SKILL_DIR", skill.location().shown());
    var there = new HashMap<>(here);
    inSandbox.ifPresent(directory -> there.put("CLAUDE_SKILL_DIR", directory));

    ShellCommands shell =
        commands.mayRun(skill) ? ShellCommands.in(skill.body()) : ShellCommands.none(skill.body());
    List<String> names = skill.metadata().invocation().arguments();
    var outputs = new ArrayList<String>();
    for (String command : shell.commands()) {
      String filled = Placeholders.fillCommand(command, names, arguments, there);
      switch (commands.run(skill, filled)) {
        case SkillCommands.Result.Output(var text) -> outputs.add(text);
        case SkillCommands.Result.Failed(var reason) -> {
          return new SkillLoadOutcome.CommandFailed(skill.name(), command, reason);
        }
      }
    }
    String text = new Placeholders(names, arguments.replace("\0", ""), here).fill(shell.text());
    return loaded(shell.with(text, outputs), notes, inSandbox);
  }

  private SkillLoadOutcome.Loaded loaded(
      String body, List<String> notes, Optional<String> inSandbox) throws IOException {
    List<SkillResource> resources = resources();
    List<String> unmet = skill.metadata().requirements().unmet(host);
    return new SkillLoadOutcome.Loaded(
        skill,
        render(body, resources, told(unmet, notes), inSandbox),
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

  private static List<String> told(List<String> unmet, List<String> notes) {
    var told = new ArrayList<String>(notes);
    unmet.forEach(need -> told.add("Missing here: " + need));
    return told;
  }

  private String render(
      String body, List<SkillResource> resources, List<String> told, Optional<String> inSandbox) {
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
    if (!commands.mayRun(skill) && Placeholders.hasCommands(body)) {
      out.append("Note: commands written as !`…` above were not run; run them if you need to.\n");
    }
    skill
        .metadata()
        .compatibility()
        .ifPresent(
            text -> out.append("Compatibility: ").append(Excerpt.of(text, 500)).append('\n'));
    told.forEach(note -> out.append(Markup.escape(note)).append(".\n"));
    out.append("Skill directory: ").append(Markup.escape(location.shown()));
    out.append(" (paths in this skill are relative to it)\n");
    inSandbox.ifPresent(
        directory -> out.append("In the sandbox: ").append(directory).append(" (read-only)\n"));
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
