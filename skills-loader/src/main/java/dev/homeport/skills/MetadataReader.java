package dev.homeport.skills;

import dev.homeport.skills.SkillProblem.Kind;
import dev.homeport.skills.SkillProblem.Severity;
import dev.homeport.skills.yaml.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Turns the frontmatter into [SkillMetadata], whatever types its author used. Not thread-safe.
final class MetadataReader {
  /// The key of OpenClaw's metadata and its older names.
  private static final List<String> REQUIREMENT_KEYS = List.of("openclaw", "clawdbot", "clawdis");

  private final Yaml.Mapping frontmatter;
  private final ProblemLog problems;

  MetadataReader(Yaml.Mapping frontmatter, ProblemLog problems) {
    this.frontmatter = frontmatter;
    this.problems = problems;
  }

  SkillMetadata read() {
    checkMetadataMap();
    return new SkillMetadata(
        text("when_to_use"),
        text("compatibility"),
        words(frontmatter.get("allowed-tools")),
        words(frontmatter.get("paths")),
        invocation(),
        requirements());
  }

  /// The key that many write for `user-invocable` means the same.
  private SkillInvocation invocation() {
    Yaml byUser =
        frontmatter.get("user-invocable") == null
            ? frontmatter.get("user-invokable")
            : frontmatter.get("user-invocable");
    return new SkillInvocation(
        !isTrue(frontmatter.get("disable-model-invocation")),
        byUser == null || isTrue(byUser),
        words(frontmatter.get("arguments")),
        argumentHint());
  }

  /// People write `[file]`, which YAML takes for a list.
  private Optional<String> argumentHint() {
    return frontmatter.get("argument-hint") instanceof Yaml.Sequence list
        ? Optional.of("[" + String.join(", ", list.texts()) + "]")
        : text("argument-hint");
  }

  /// All texts of a value, joined; empty if it is absent.
  static String joined(@Nullable Yaml value, String separator) {
    return value == null ? "" : String.join(separator, value.texts());
  }

  private Optional<String> text(String key) {
    return Optional.of(joined(frontmatter.get(key), "; ").strip()).filter(text -> !text.isEmpty());
  }

  /// A list, or the words of a string; commas and spaces inside brackets separate nothing.
  private static List<String> words(@Nullable Yaml value) {
    return switch (value) {
      case null -> List.of();
      case Yaml.Scalar(String text, _) -> split(text);
      case Yaml.Sequence _, Yaml.Mapping _ -> value.texts();
    };
  }

  private static List<String> split(String text) {
    var words = new ArrayList<String>();
    var word = new StringBuilder();
    int depth = 0;
    for (char c : (text + " ").toCharArray()) {
      if (depth == 0 && (c == ',' || Character.isWhitespace(c))) {
        if (!word.isEmpty()) {
          words.add(word.toString());
          word.setLength(0);
        }
        continue;
      }
      depth += "({".indexOf(c) >= 0 ? 1 : ")}".indexOf(c) >= 0 && depth > 0 ? -1 : 0;
      word.append(c);
    }
    if (!word.isEmpty()) {
      words.add(word.toString().strip());
    }
    return words;
  }

  private static boolean isTrue(@Nullable Yaml value) {
    return value instanceof Yaml.Scalar(String text, _)
        && switch (text.strip().toLowerCase(Locale.ROOT)) {
          case "true", "yes", "on", "1" -> true;
          default -> false;
        };
  }

  private void checkMetadataMap() {
    Yaml metadata = frontmatter.get("metadata");
    if (metadata == null) {
      return;
    }
    if (!(metadata instanceof Yaml.Mapping mapping)) {
      problems.add(Severity.WARNING, Kind.TYPE, "'metadata' is not a map of texts");
      return;
    }
    String others =
        mapping.entries().entrySet().stream()
            .filter(e -> !(e.getValue() instanceof Yaml.Scalar(_, String _)))
            .map(e -> e.getKey())
            .collect(Collectors.joining(", "));
    if (!others.isEmpty()) {
      problems.add(Severity.NOTE, Kind.TYPE, "in 'metadata' these are not texts: " + others);
    }
  }

  private SkillRequirements requirements() {
    if (!(frontmatter.get("metadata") instanceof Yaml.Mapping metadata)) {
      return SkillRequirements.NONE;
    }
    for (String key : REQUIREMENT_KEYS) {
      if (metadata.get(key) instanceof Yaml.Mapping declared) {
        var requires =
            declared.get("requires") instanceof Yaml.Mapping map ? map : Yaml.Mapping.EMPTY;
        return new SkillRequirements(
            words(requires.get("bins")),
            words(requires.get("anyBins")),
            words(requires.get("env")),
            words(declared.get("os")));
      }
    }
    return SkillRequirements.NONE;
  }
}
