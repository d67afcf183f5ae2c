package dev.homeport.skills;

import dev.homeport.skills.text.Excerpt;
import dev.homeport.skills.yaml.Frontmatter;
import dev.homeport.skills.yaml.Json;
import dev.homeport.skills.yaml.Yaml;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One skill as it was last readable.
///
/// @param name what it goes by
/// @param description what it does and when to use it, never blank
/// @param metadata everything else that its author declared and Homeport honours
/// @param location where it stands
/// @param sha256 the digest of the bytes of its `SKILL.md`
/// @param source those bytes
/// @param problems what was repaired or is doubtful
public record Skill(
    SkillName name,
    String description,
    SkillMetadata metadata,
    SkillLocation location,
    String sha256,
    SkillSource source,
    List<SkillProblem> problems) {
  /// Copies the problems.
  public Skill {
    problems = List.copyOf(problems);
  }

  /// The instructions, without the metadata, lines ending in `\n`. Read anew with each call.
  public String body() {
    return text().body();
  }

  /// The whole metadata as JSON values: strings, numbers, booleans, null, lists and maps, in the
  /// order of the file. Read anew with each call.
  public Map<String, @Nullable Object> frontmatter() {
    return Frontmatter.read(text().frontmatter()).values().toJsonMap();
  }

  /// The entries of `metadata` as texts: scalars as their author wrote them, lists and maps as
  /// JSON. What is no map gives one entry `value`.
  public Map<String, String> metadataTexts() {
    var texts = new LinkedHashMap<String, String>();
    switch (Frontmatter.read(text().frontmatter()).values().get("metadata")) {
      case Yaml.Mapping map -> map.entries().forEach((key, value) -> texts.put(key, text(value)));
      case Yaml.Scalar scalar -> texts.put("value", text(scalar));
      case Yaml.Sequence list -> texts.put("value", text(list));
      case null -> {}
    }
    return texts;
  }

  private static String text(Yaml value) {
    return switch (value) {
      case Yaml.Scalar(String written, var meant) -> meant == null ? "" : written;
      case Yaml.Sequence _, Yaml.Mapping _ -> Json.of(value.toJson());
    };
  }

  private SkillText text() {
    return SkillText.of(source.bytes(), new ProblemLog(location.shown()));
  }

  /// The description in one line of at most `limit` characters.
  public String shortDescription(int limit) {
    return Excerpt.of(description, limit);
  }

  /// Whether an agent may choose this skill by itself; otherwise only the user may ask for it.
  public boolean isOfferedToModels() {
    return metadata.invocation().byModel();
  }

  /// Whether both are made of the same bytes, in the same place, with the same problems.
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof Skill skill
            && sha256.equals(skill.sha256)
            && location.equals(skill.location)
            && problems.equals(skill.problems));
  }

  @Override
  public int hashCode() {
    return sha256.hashCode();
  }
}
