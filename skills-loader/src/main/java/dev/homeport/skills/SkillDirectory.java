package dev.homeport.skills;

import dev.homeport.workspace.FileInfo;
import dev.homeport.workspace.WorkspacePath;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A directory below a root as it was when it was last listed.
///
/// @param path where it is
/// @param inSkill whether a directory above it is a skill
/// @param modified the time of its last change of entries when it was listed
/// @param settled whether that time will tell every later change
/// @param file the `SKILL.md` in it, or the file that it is a link to
/// @param isLinked whether the `SKILL.md` is a link
/// @param subdirectories where skills may stand in it
/// @param links the symbolic links in it
/// @param failure why it could not be listed
record SkillDirectory(
    WorkspacePath path,
    boolean inSkill,
    Instant modified,
    boolean settled,
    Optional<FileInfo> file,
    boolean isLinked,
    List<String> subdirectories,
    List<String> links,
    Optional<String> failure) {
  SkillDirectory {
    subdirectories = List.copyOf(subdirectories);
    links = List.copyOf(links);
  }

  /// Whether it need not be looked at as long as the system tells of no change.
  boolean mayBeKept() {
    return !isLinked && failure.isEmpty();
  }

  /// Whether nothing came or went since the other was listed.
  boolean hasSameEntries(SkillDirectory other) {
    return subdirectories.equals(other.subdirectories)
        && links.equals(other.links)
        && isLinked == other.isLinked
        && failure.isEmpty()
        && file.map(FileInfo::path).equals(other.file.map(FileInfo::path));
  }

  boolean isSkill() {
    return file.isPresent();
  }

  SkillDirectory withFile(FileInfo changed) {
    return new SkillDirectory(
        path,
        inSkill,
        modified,
        settled,
        Optional.of(changed),
        isLinked,
        subdirectories,
        links,
        failure);
  }
}
