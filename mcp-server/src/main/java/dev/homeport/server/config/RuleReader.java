package dev.homeport.server.config;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.Event.ID;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.databind.json.JsonMapper;

/// Reads rules, which are the only values that have keys of their own, from the events of a YAML
/// document. Each becomes one line of JSON, whose values are all texts.
record RuleReader(Iterator<Event> events, String origin) {
  private static final int DEEPEST = 4;

  /// Reads a list of rules as it stands in a variable or an option.
  static List<String> read(String text, String origin) throws BadConfigException {
    try {
      var reader =
          new RuleReader(
              new Parse(LoadSettings.builder().build()).parseString(text).iterator(), origin);
      for (Event event = reader.events.next(); ; event = reader.events.next()) {
        if (event.getEventId() == ID.SequenceStart) {
          return reader.rules();
        }
        if (event.getEventId() != ID.StreamStart && event.getEventId() != ID.DocumentStart) {
          throw new BadConfigException(origin + " must be a list: [{host: api.example.com}]");
        }
      }
    } catch (YamlEngineException e) {
      throw new BadConfigException(origin + ": " + e.getMessage());
    }
  }

  /// Reads the rest of a list whose beginning was read.
  List<String> rules() throws BadConfigException {
    var rules = new ArrayList<String>();
    for (Event item = events.next(); item.getEventId() != ID.SequenceEnd; item = events.next()) {
      if (item.getEventId() != ID.MappingStart) {
        throw new BadConfigException(origin + " must be a list of rules: - host: api.example.com");
      }
      rules.add(JsonMapper.shared().writeValueAsString(value(item, 1)));
    }
    return rules;
  }

  private Object value(Event event, int depth) throws BadConfigException {
    if (event instanceof ScalarEvent scalar) {
      return scalar.getValue();
    }
    if (depth > DEEPEST) {
      throw new BadConfigException(origin + " has values that are too deep");
    }
    if (event.getEventId() == ID.SequenceStart) {
      var list = new ArrayList<Object>();
      for (Event item = events.next(); item.getEventId() != ID.SequenceEnd; item = events.next()) {
        list.add(value(item, depth + 1));
      }
      return list;
    }
    if (event.getEventId() == ID.MappingStart) {
      var map = new LinkedHashMap<String, Object>();
      for (Event key = events.next(); key.getEventId() != ID.MappingEnd; key = events.next()) {
        if (!(key instanceof ScalarEvent name)
            || map.put(name.getValue(), value(events.next(), depth + 1)) != null) {
          throw new BadConfigException(origin + " has a key twice, or one that is no name");
        }
      }
      return map;
    }
    throw new BadConfigException(origin + " has an alias, which is not read");
  }
}
