package dev.homeport.skills;

import java.util.Optional;

/// Asks for a file of a skill, or a part of one.
///
/// @param name the skill
/// @param path the file, relative to the skill's directory; a directory is listed
/// @param section the heading of the only section to read, without its `#`; case does not matter
/// @param firstLine the first line to read, from 1; of the section, if there is one
/// @param maxLines how many lines at most, at least 1
public record SkillRead(
    String name, String path, Optional<String> section, int firstLine, int maxLines) {
  /// How many lines are read unless told otherwise.
  public static final int DEFAULT_MAX_LINES = 1_000;

  /// Checks the numbers.
  public SkillRead {
    if (firstLine < 1 || maxLines < 1) {
      throw new IllegalArgumentException(
          "firstLine is %d and maxLines is %d, but both must be at least 1"
              .formatted(firstLine, maxLines));
    }
  }

  /// Asks for a whole file.
  public static SkillRead file(String name, String path) {
    return new SkillRead(name, path, Optional.empty(), 1, DEFAULT_MAX_LINES);
  }
}
