package dev.homeport.skills.source;

import dev.homeport.skills.SkillName;
import java.util.Optional;

/// The name that a source goes by in one workspace: `a-z`, `0-9` and single hyphens.
///
/// @param value the name, at most 64 characters
public record SourceName(String value) implements Comparable<SourceName> {
  /// Checks the name.
  public SourceName {
    if (!isValid(value)) {
      throw new IllegalArgumentException("source name is '" + value + "'");
    }
  }

  private static boolean isValid(String text) {
    return SkillName.normalize(text)
        .filter(name -> name.isPublishable() && name.value().equals(text))
        .isPresent();
  }

  /// A name as a person or a file gives it.
  public static SourceName parse(String text) throws SourceException {
    if (!isValid(text)) {
      throw new SourceException(
          "'%s' is no name of a source: use at most 64 characters of a-z, 0-9 and single hyphens"
              .formatted(Shown.of(text)));
    }
    return new SourceName(text);
  }

  /// The nearest valid name; empty if nothing is left of the text.
  public static Optional<SourceName> near(String text) {
    var ascii = new StringBuilder();
    text.chars().map(c -> c < 0x80 ? c : '-').forEach(c -> ascii.append((char) c));
    return SkillName.normalize(ascii.toString())
        .map(SkillName::value)
        .map(name -> name.substring(0, Math.min(name.length(), SkillName.PUBLISH_LIMIT)))
        .flatMap(SkillName::normalize)
        .map(name -> new SourceName(name.value()));
  }

  @Override
  public int compareTo(SourceName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
