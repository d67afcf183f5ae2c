package dev.homeport.server.skills;

import dev.homeport.server.protocol.Changes;
import dev.homeport.server.protocol.Methods;
import dev.homeport.server.protocol.Topic;
import dev.homeport.server.tool.Lazy;
import dev.homeport.skills.SkillCatalog;
import dev.homeport.skills.usage.SkillUsage;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/// Everything by which clients see skills beside the tools, or nothing where skills are switched
/// off. Thread-safe.
public final class SkillServing {
  /// The extensions of the protocol that a server with skills declares.
  public static final Map<String, Map<String, Object>> EXTENSIONS =
      Map.of(SkillsExtension.ID, SkillsExtension.CAPABILITY);

  /// The lists that change with the skills.
  public static final Set<Topic> CHANGING = Set.of(Topic.RESOURCES, Topic.PROMPTS);

  private final Methods methods;
  private final Changes changes;

  /// @param isOn whether skills are served at all
  /// @param catalog opened when a client first asks
  /// @param usage counts what users invoke
  /// @param others what is listed beside the skills
  /// @param changes is told when there are other skills
  public SkillServing(
      boolean isOn, Lazy<SkillCatalog> catalog, SkillUsage usage, Others others, Changes changes) {
    this.changes = changes;
    var skills = new OpenSkills(catalog, this::changed);
    this.methods =
        isOn
            ? new SkillsExtension(skills, others.resources())
                .and(new SkillPrompts(skills, usage, others.prompts()))
            : Methods.NONE;
  }

  /// The resources and prompts that are no skills, as the protocol lists them.
  public record Others(
      Supplier<List<Map<String, Object>>> resources, Supplier<List<Map<String, Object>>> prompts) {}

  /// What is answered about skills.
  public Methods methods() {
    return methods;
  }

  /// Tells all clients that there are other skills, which they read as resources and prompts.
  public void changed() {
    changes.announce(Topic.RESOURCES, Topic.PROMPTS);
  }
}
