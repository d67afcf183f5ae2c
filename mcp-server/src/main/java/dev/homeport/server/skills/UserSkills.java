package dev.homeport.server.skills;

import dev.homeport.skills.Skill;
import dev.homeport.skills.SkillSnapshot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// The skills that their authors let users invoke, but for those whose names other prompts have.
///
/// @param others the other prompts, as the protocol lists them
record UserSkills(Supplier<List<Map<String, Object>>> others) {
  List<Skill> of(SkillSnapshot snapshot) {
    Set<Object> taken = taken();
    return snapshot.skills().stream()
        .filter(skill -> skill.metadata().invocation().byUser())
        .filter(skill -> !taken.contains(skill.name().value()))
        .toList();
  }

  /// The names of the other prompts.
  private Set<Object> taken() {
    return others.get().stream().map(prompt -> prompt.get("name")).collect(Collectors.toSet());
  }

  /// Whether another prompt has that name.
  boolean isTaken(String name) {
    return taken().contains(name);
  }

  static Optional<Skill> named(String name, List<Skill> skills) {
    return skills.stream().filter(skill -> skill.name().value().equals(name)).findFirst();
  }
}
