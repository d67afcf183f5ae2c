package dev.homeport.skills.source;

import dev.homeport.skills.yaml.Json;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The sources of a workspace, each with the version that is used: what `.homeport/skills.lock`
/// holds.
///
/// The text of it is JSON, sorted by name and the same for the same sources, so that versions of it
/// can be compared and merged line by line.
///
/// @param sources by name
public record SkillLock(SortedMap<SourceName, LockedSource> sources) {
  /// A lock without sources.
  public static final SkillLock EMPTY = new SkillLock(new TreeMap<>());

  static final long VERSION = 1;

  /// Copies the map.
  public SkillLock {
    sources = Collections.unmodifiableSortedMap(new TreeMap<>(sources));
  }

  /// The source of a name.
  public Optional<LockedSource> find(SourceName name) {
    return Optional.ofNullable(sources.get(name));
  }

  /// The same with a source added or replaced.
  public SkillLock with(LockedSource source) {
    var all = new TreeMap<>(sources);
    all.put(source.name(), source);
    return new SkillLock(all);
  }

  /// The same without a source.
  public SkillLock without(SourceName name) {
    var all = new TreeMap<>(sources);
    all.remove(name);
    return new SkillLock(all);
  }

  /// Reads what [#toString] writes, and says what is wrong with anything else.
  public static SkillLock parse(String text) throws SourceException {
    return LockReader.read(text);
  }

  @Override
  public String toString() {
    if (sources.isEmpty()) {
      return "{\n  \"version\": %d,\n  \"sources\": {}\n}\n".formatted(VERSION);
    }
    String entries =
        sources.values().stream()
            .map(source -> "    " + Json.of(source.name().value()) + ": " + entry(source))
            .collect(Collectors.joining(",\n"));
    return "{\n  \"version\": %d,\n  \"sources\": {\n%s\n  }\n}\n".formatted(VERSION, entries);
  }

  private static String entry(LockedSource source) {
    return fields(source).entrySet().stream()
        .map(field -> "      " + Json.of(field.getKey()) + ": " + Json.of(field.getValue()))
        .collect(Collectors.joining(",\n", "{\n", "\n    }"));
  }

  private static Map<String, Object> fields(LockedSource source) {
    var fields = new LinkedHashMap<String, Object>();
    switch (source.origin()) {
      case SourceOrigin.Git(var url, var ref, var path) -> {
        fields.put("type", "git");
        fields.put("url", url);
        if (!ref.isEmpty()) {
          fields.put("ref", ref);
        }
        if (!path.isRoot()) {
          fields.put("path", path.toString());
        }
      }
      case SourceOrigin.Directory(var path) -> {
        fields.put("type", "directory");
        fields.put("path", path);
      }
      case SourceOrigin.WellKnown(var index) -> {
        fields.put("type", "well-known");
        fields.put("url", index.toString());
      }
    }
    source
        .revision()
        .ifPresent(revision -> {
          fields.put("commit", revision.commit());
          fields.put("tree", revision.tree());
        });
    fields.put("digest", source.digest().toString());
    if (source.isPinned()) {
      fields.put("pinned", true);
    }
    return fields;
  }
}
