package dev.homeport.skills.lint;

/// Something that an author can put right.
///
/// @param rule what it breaks
/// @param place the file or directory, as agents see it
/// @param line the line in the file, from 1; 0 if it is about the whole file
/// @param message what is wrong and what to do
public record LintFinding(LintRule rule, String place, int line, String message) {
  @Override
  public String toString() {
    return "%s%s: %s [%s] %s"
        .formatted(place, line == 0 ? "" : ":" + line, rule.severity().label(), rule.id(), message);
  }
}
