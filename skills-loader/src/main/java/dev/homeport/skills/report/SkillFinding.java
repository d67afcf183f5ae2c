package dev.homeport.skills.report;

/// Something about a skill that a person should look at.
///
/// @param rule what it breaks
/// @param place the file or directory, as agents see it
/// @param line the line in the file, from 1; 0 if it is about the whole file
/// @param message what is wrong and what to do
public record SkillFinding(SkillRule rule, String place, int line, String message) {
  @Override
  public String toString() {
    return "%s%s: %s [%s] %s"
        .formatted(place, line == 0 ? "" : ":" + line, rule.label(), rule.id(), message);
  }
}
