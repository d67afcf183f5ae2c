package dev.homeport.skills.lint;

import dev.homeport.skills.text.Nearness;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The fields of metadata that some client reads.
final class KnownFields {
  /// Those of the specification.
  static final Set<String> SPECIFIED =
      Set.of("name", "description", "license", "compatibility", "metadata", "allowed-tools");

  /// Those of Claude Code, and what so many authors write that it is no slip.
  private static final Set<String> EXTENSIONS =
      Set.of(
          "when_to_use",
          "argument-hint",
          "arguments",
          "disable-model-invocation",
          "user-invocable",
          "disallowed-tools",
          "model",
          "effort",
          "context",
          "agent",
          "background",
          "hooks",
          "paths",
          "shell",
          "version",
          "author",
          "tags",
          "triggers",
          "homepage",
          "repository",
          "category",
          "keywords");

  private static final int NEAR = 3;

  private KnownFields() {}

  static boolean isKnown(String field) {
    return SPECIFIED.contains(field) || EXTENSIONS.contains(field);
  }

  /// The known field that was most likely meant.
  static Optional<String> nearest(String field) {
    List<String> all = Stream.concat(SPECIFIED.stream(), EXTENSIONS.stream()).sorted().toList();
    return all.stream()
        .min(Comparator.comparingInt(known -> Nearness.distance(field, known)))
        .filter(known -> Nearness.distance(field, known) <= NEAR);
  }
}
