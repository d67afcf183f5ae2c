package dev.homeport.skills.yaml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A value of YAML metadata: what it means and, for scalars, how it was written.
///
/// A version `1.10` is the number 1.1 to a program, but its author meant the text.
public sealed interface Yaml {
  /// A single value.
  ///
  /// @param text as written, without quotes
  /// @param value a string, long, double, `BigInteger`, boolean or null
  record Scalar(String text, @Nullable Object value) implements Yaml {}

  /// A list.
  record Sequence(List<Yaml> items) implements Yaml {
    /// Copies the items.
    public Sequence {
      items = List.copyOf(items);
    }
  }

  /// A map in the order of the file.
  record Mapping(SequencedMap<String, Yaml> entries) implements Yaml {
    /// The empty map.
    public static final Mapping EMPTY = new Mapping(new LinkedHashMap<>());

    /// Copies the entries.
    public Mapping {
      entries = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(entries));
    }

    /// The value of a key; null if it is absent or null.
    public @Nullable Yaml get(String key) {
      return entries.get(key) instanceof Scalar(_, var value) && value == null
          ? null
          : entries.get(key);
    }

    /// The whole map as JSON would have it.
    public Map<String, @Nullable Object> toJsonMap() {
      var map = new LinkedHashMap<String, @Nullable Object>();
      entries.forEach((key, value) -> map.put(key, value.toJson()));
      return Collections.unmodifiableMap(map);
    }
  }

  /// The document that a text is; empty if it is none, or holds nothing. JSON is YAML.
  static Optional<Yaml> read(String text) {
    return YamlReader.read(text) instanceof YamlReader.Outcome.Read(var value, _)
        ? value
        : Optional.empty();
  }

  /// The value as JSON would have it.
  default @Nullable Object toJson() {
    return switch (this) {
      case Scalar scalar -> scalar.value();
      case Sequence sequence -> {
        var list = new ArrayList<@Nullable Object>();
        sequence.items().forEach(item -> list.add(item.toJson()));
        yield Collections.unmodifiableList(list);
      }
      case Mapping mapping -> mapping.toJsonMap();
    };
  }

  /// All scalars as written, outer ones first; keys of maps are left out.
  default List<String> texts() {
    return switch (this) {
      case Scalar scalar -> scalar.value() == null ? List.of() : List.of(scalar.text());
      case Sequence sequence ->
          sequence.items().stream().flatMap(item -> item.texts().stream()).toList();
      case Mapping mapping ->
          mapping.entries().values().stream().flatMap(item -> item.texts().stream()).toList();
    };
  }
}
