package dev.homeport.skills.yaml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The metadata of a skill, read entry by entry where the whole is not valid YAML.
///
/// People write `description: Use when: it rains` and tabs. So if the whole cannot be read, each
/// top-level entry is read alone; one that still fails is taken as the plain text that it most
/// likely was meant to be, and one that was meant as a list or map is left out. One broken entry
/// never costs the others.
///
/// @param values what could be read
/// @param duplicateKeys the keys that stood twice; the last value counts
/// @param repairs what had to be mended, one sentence each
/// @param failure why nothing could be read, if there was something to read
public record Frontmatter(
    Yaml.Mapping values,
    Set<String> duplicateKeys,
    List<String> repairs,
    Optional<String> failure) {
  /// Copies the collections.
  public Frontmatter {
    duplicateKeys = Collections.unmodifiableSet(new LinkedHashSet<>(duplicateKeys));
    repairs = List.copyOf(repairs);
  }

  private static Frontmatter failed(String reason) {
    return new Frontmatter(Yaml.Mapping.EMPTY, Set.of(), List.of(), Optional.of(reason));
  }

  /// A top-level key and the lines up to the next one.
  private record Entry(String key, String inline, List<String> further) {
    String yaml() {
      return further.isEmpty()
          ? key + ":" + inline
          : key + ":" + inline + "\n" + String.join("\n", further);
    }

    /// The value as one line of text.
    String text() {
      var words = new ArrayList<String>();
      words.add(inline.strip());
      further.stream().map(String::strip).filter(line -> !line.isEmpty()).forEach(words::add);
      return unquote(String.join(" ", words).strip());
    }

    private static String unquote(String text) {
      boolean quoted =
          (text.startsWith("\"") || text.startsWith("'"))
              && text.indexOf(text.charAt(0), 1) == text.length() - 1;
      return quoted ? text.substring(1, text.length() - 1) : text;
    }
  }

  /// Reads the YAML between the fences; never fails.
  public static Frontmatter read(String text) {
    return switch (YamlReader.read(text)) {
      case YamlReader.Outcome.Read(var value, var duplicates) ->
          switch (value.orElse(Yaml.Mapping.EMPTY)) {
            case Yaml.Mapping mapping ->
                new Frontmatter(mapping, duplicates, List.of(), Optional.empty());
            case Yaml.Scalar _, Yaml.Sequence _ -> failed("it has no 'key: value' lines");
          };
      case YamlReader.Outcome.Unreadable(var reason) -> mend(text, reason);
    };
  }

  private static Frontmatter mend(String text, String reason) {
    List<Entry> entries = entries(text);
    if (entries.isEmpty()) {
      return failed(reason);
    }
    var repairs = new ArrayList<String>();
    repairs.add("the metadata is not valid YAML: " + reason);
    var values = new LinkedHashMap<String, Yaml>();
    for (Entry entry : entries) {
      if (YamlReader.read(entry.yaml()) instanceof YamlReader.Outcome.Read(var value, _)
          && value.orElse(null) instanceof Yaml.Mapping mapping) {
        values.putAll(mapping.entries());
      } else if (entry.inline().isBlank()) {
        repairs.add("the value of '" + entry.key() + "' is not valid YAML and was left out");
      } else {
        values.put(entry.key(), new Yaml.Scalar(entry.text(), entry.text()));
        repairs.add("the value of '" + entry.key() + "' was read as plain text; put it in quotes");
      }
    }
    return new Frontmatter(new Yaml.Mapping(values), Set.of(), repairs, Optional.empty());
  }

  private static List<Entry> entries(String text) {
    var entries = new ArrayList<Entry>();
    for (String raw : text.split("\n", -1)) {
      String line = indented(raw);
      int colon = keyLength(line);
      if (colon > 0) {
        entries.add(
            new Entry(line.substring(0, colon), line.substring(colon + 1), new ArrayList<>()));
      } else if (!entries.isEmpty()) {
        entries.getLast().further().add(line);
      }
    }
    return entries;
  }

  /// Where the colon of a top-level key stands, or 0 if the line begins with none.
  private static int keyLength(String line) {
    int end = 0;
    while (end < line.length() && isKeyCharacter(line.charAt(end))) {
      end++;
    }
    boolean isKey =
        end < line.length()
            && line.charAt(end) == ':'
            && (end + 1 == line.length() || line.charAt(end + 1) == ' ');
    return isKey ? end : 0;
  }

  private static boolean isKeyCharacter(char c) {
    return c < 0x80 && (Character.isLetterOrDigit(c) || c == '-' || c == '_');
  }

  /// The line with two spaces for each tab that it is indented by.
  private static String indented(String line) {
    int end = 0;
    while (end < line.length() && (line.charAt(end) == '\t' || line.charAt(end) == ' ')) {
      end++;
    }
    return line.substring(0, end).replace("\t", "  ") + line.substring(end);
  }
}
