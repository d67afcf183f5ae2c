package dev.homeport.skills.publish;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A skill that keeps every rule of the specification and of SEP-2640.
///
/// @param name its name, which is the last segment of its directory's URI
/// @param description its description
/// @param frontmatter the metadata as it stands in the served `SKILL.md`, as JSON values
/// @param files every file, `SKILL.md` first
/// @param changes what was changed in `SKILL.md` so that it keeps the rules; empty if it is served
///   as it stands on disk
public record PublishedSkill(
    String name,
    String description,
    Map<String, @Nullable Object> frontmatter,
    List<PublishedFile> files,
    List<String> changes) {
  /// Copies the collections.
  public PublishedSkill {
    frontmatter = Collections.unmodifiableMap(new LinkedHashMap<>(frontmatter));
    files = List.copyOf(files);
    changes = List.copyOf(changes);
  }

  /// The file of a path.
  public Optional<PublishedFile> file(String path) {
    return files.stream().filter(file -> file.path().equals(path)).findFirst();
  }
}
