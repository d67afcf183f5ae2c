package dev.homeport.server.config;

import dev.homeport.server.tool.schema.NearestName;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.Event.ID;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Reads a configuration file: YAML with sections, keys, and single values or lists of them. It is
/// read from events and nothing deeper is taken, so no file can make it recurse or expand. For one
/// text.
final class ConfigDocument {
  private final String file;
  private final Iterator<Event> events;
  private final Map<ConfigKey, Setting> settings = new EnumMap<>(ConfigKey.class);

  private ConfigDocument(String text, String file) {
    this.file = file;
    this.events =
        new Parse(LoadSettings.builder().setUseMarks(true).build()).parseString(text).iterator();
  }

  /// The settings of a file.
  ///
  /// @param file how people know it
  static Map<ConfigKey, Setting> read(String text, String file) throws BadConfigException {
    try {
      var document = new ConfigDocument(text, file);
      document.document();
      return document.settings;
    } catch (MarkedYamlEngineException e) {
      String line = e.getProblemMark().map(mark -> ", line " + (mark.getLine() + 1)).orElse("");
      throw new BadConfigException("%s%s: %s".formatted(file, line, e.getProblem()));
    } catch (YamlEngineException e) {
      throw new BadConfigException(file + ": " + e.getMessage());
    }
  }

  private void document() throws BadConfigException {
    expect(ID.StreamStart, "YAML");
    if (events.next().getEventId() == ID.StreamEnd) {
      return;
    }
    Event top = events.next();
    if (top instanceof ScalarEvent nothing && nothing.getValue().isEmpty()) {
      return;
    }
    if (top.getEventId() != ID.MappingStart) {
      throw bad(top, "there must be keys with values, such as `memory: {files: 500}`");
    }
    for (Event name = events.next(); name.getEventId() != ID.MappingEnd; name = events.next()) {
      entry(name);
    }
    expect(ID.DocumentEnd, "the end");
    expect(ID.StreamEnd, "the end, as there is but one document");
  }

  private void entry(Event name) throws BadConfigException {
    String label = text(name);
    Event value = events.next();
    if (value.getEventId() != ID.MappingStart) {
      put(name, label, value);
      return;
    }
    for (Event key = events.next(); key.getEventId() != ID.MappingEnd; key = events.next()) {
      put(key, label + "." + text(key), events.next());
    }
  }

  private void put(Event at, String label, Event value) throws BadConfigException {
    ConfigKey key = ConfigKey.of(label).orElseThrow(() -> unknown(at, label));
    String origin = "%s in %s".formatted(label, file);
    var values = new ArrayList<String>();
    if (key.kind() == ConfigKey.Kind.RULES) {
      if (value.getEventId() != ID.SequenceStart) {
        throw bad(value, label + " must be a list of rules: - host: api.example.com");
      }
      values.addAll(new RuleReader(events, origin).rules());
    } else if (value.getEventId() == ID.SequenceStart) {
      for (Event item = events.next(); item.getEventId() != ID.SequenceEnd; item = events.next()) {
        values.add(text(item));
      }
    } else {
      values.add(text(value));
    }
    if (settings.putIfAbsent(key, Setting.of(key, List.copyOf(values), origin)) != null) {
      throw bad(at, label + " stands there twice");
    }
  }

  private String text(Event event) throws BadConfigException {
    if (event instanceof ScalarEvent scalar) {
      return scalar.getValue();
    }
    throw bad(event, "a name or a single value is missing");
  }

  private BadConfigException unknown(Event at, String label) {
    List<String> known = ConfigKey.labels();
    String hint =
        NearestName.of(label, known).map(nearest -> "did you mean " + nearest + "? ").orElse("");
    return bad(
        at, "unknown key '%s': %sKnown: %s".formatted(label, hint, String.join(", ", known)));
  }

  private void expect(ID id, String what) throws BadConfigException {
    Event event = events.next();
    if (event.getEventId() != id) {
      throw bad(event, "this should be " + what);
    }
  }

  private BadConfigException bad(Event at, String problem) {
    String line = at.getStartMark().map(mark -> ", line " + (mark.getLine() + 1)).orElse("");
    return new BadConfigException("%s%s: %s".formatted(file, line, problem));
  }
}
