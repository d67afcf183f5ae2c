package dev.homeport.skills.publish;

import dev.homeport.skills.Skill;
import dev.homeport.skills.SkillName;
import dev.homeport.skills.yaml.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The `SKILL.md` of a published skill: as it stands on disk if it keeps all rules, else written
/// anew with metadata that do.
///
/// @param frontmatter the metadata that it has
/// @param content its bytes
/// @param changes what was changed, one phrase each
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
record Manuscript(Map<String, @Nullable Object> frontmatter, byte[] content, List<String> changes) {
  private static final int DESCRIPTION_LIMIT = 1_024;
  private static final int COMPATIBILITY_LIMIT = 500;

  /// What comes of a skill, or why nothing can.
  sealed interface Outcome {
    /// It can be served.
    record Ready(Manuscript manuscript) implements Outcome {}

    /// It cannot.
    record Impossible(String reason) implements Outcome {}
  }

  /// Makes the file of a skill.
  static Outcome of(Skill skill) {
    if (!skill.name().isPublishable()) {
      return new Outcome.Impossible(
          "the name must be at most %d characters of a-z, 0-9 and single hyphens; rename the skill"
              .formatted(SkillName.PUBLISH_LIMIT));
    }
    var editing = new Editing(skill.frontmatter());
    editing.set("name", skill.name().value());
    editing.set("description", shortened(skill.description(), DESCRIPTION_LIMIT));
    editing.compatibility();
    editing.metadata(skill.metadataTexts());
    byte[] raw = skill.source().bytes();
    boolean asItIs = editing.changes.isEmpty() && isPlain(raw);
    if (!asItIs && editing.changes.isEmpty()) {
      editing.changes.add("the metadata was written in the one form that all parsers read alike");
    }
    Map<String, @Nullable Object> values =
        asItIs ? editing.values : CanonicalFrontmatter.tidy(editing.values);
    byte[] content = asItIs ? raw : written(values, skill.body());
    return new Outcome.Ready(new Manuscript(values, content, editing.changes));
  }

  /// Whether the bytes begin with plain metadata between fences.
  private static boolean isPlain(byte[] raw) {
    String text = new String(raw, StandardCharsets.UTF_8);
    int end = text.indexOf("\n---\n", 3);
    return text.startsWith("---\n")
        && end > 0
        && text.indexOf('\0') < 0
        && text.indexOf('\r') < 0
        && text.indexOf('\uFFFD') < 0
        && PlainFrontmatter.isPlain(text.substring(4, end));
  }

  private static byte[] written(Map<String, @Nullable Object> values, String body) {
    var out = new ByteArrayOutputStream();
    String head = "---\n" + CanonicalFrontmatter.write(values) + "---\n\n";
    out.writeBytes(head.getBytes(StandardCharsets.UTF_8));
    out.writeBytes(body.getBytes(StandardCharsets.UTF_8));
    return out.toByteArray();
  }

  private static String shortened(String text, int limit) {
    if (text.codePointCount(0, text.length()) <= limit) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, limit - 1)).stripTrailing() + "…";
  }

  /// Metadata on their way to keep the rules.
  private static final class Editing {
    private final Map<String, @Nullable Object> values = new LinkedHashMap<>();
    private final List<String> changes = new ArrayList<>();

    /// Name and description stand first, wherever they stood.
    Editing(Map<String, @Nullable Object> declared) {
      values.put("name", declared.get("name"));
      values.put("description", declared.get("description"));
      declared.forEach(values::putIfAbsent);
    }

    void set(String key, String value) {
      if (!Objects.equals(values.put(key, value), value)) {
        changes.add("`" + key + "` was set to the value that it is served with");
      }
    }

    void compatibility() {
      Object declared = values.get("compatibility");
      if (!values.containsKey("compatibility")) {
        return;
      }
      String text = shortened(text(declared).orElse("").strip(), COMPATIBILITY_LIMIT);
      if (text.isEmpty()) {
        values.remove("compatibility");
        changes.add("the empty `compatibility` was left out");
      } else {
        set("compatibility", text);
      }
    }

    /// The specification wants a map of texts.
    void metadata(Map<String, String> texts) {
      if (values.containsKey("metadata")
          && !Objects.equals(values.put("metadata", new LinkedHashMap<>(texts)), texts)) {
        changes.add("the values of `metadata` were written as texts");
      }
    }

    /// A value as text: lists and maps as JSON has them.
    private static Optional<String> text(@Nullable Object value) {
      return switch (value) {
        case null -> Optional.empty();
        case String text -> Optional.of(text);
        case List<?> _, Map<?, ?> _ -> Optional.of(Json.of(value));
        default -> Optional.of(String.valueOf(value));
      };
    }
  }
}
