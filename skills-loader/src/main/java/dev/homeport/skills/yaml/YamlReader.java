package dev.homeport.skills.yaml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/// Reads one YAML 1.2 document with the core schema, from events, so that no input can make it
/// recurse or expand without limit.
///
/// One reader reads one text; not thread-safe.
final class YamlReader {
  private static final int MAX_DEPTH = 40;
  private static final int MAX_VALUES = 10_000;
  private static final double EXACT_INTEGERS = 1L << 53;

  /// What reading came to.
  sealed interface Outcome {
    /// The document.
    ///
    /// @param value its top value; empty if the text holds none
    /// @param duplicateKeys the keys that stood twice in one map; the last value counts
    record Read(Optional<Yaml> value, Set<String> duplicateKeys) implements Outcome {}

    /// Why the text is not a document.
    record Unreadable(String reason) implements Outcome {}
  }

  private final CoreSchema schema = new CoreSchema();
  private final Map<Anchor, Yaml> anchors = new HashMap<>();
  private final Set<String> duplicateKeys = new LinkedHashSet<>();
  private final Iterator<Event> events;
  private int values;

  private YamlReader(String text) {
    var settings = LoadSettings.builder().setSchema(schema).setUseMarks(true).build();
    this.events = new ParserImpl(settings, new StreamReader(settings, text));
  }

  /// Reads a text.
  static Outcome read(String text) {
    try {
      var reader = new YamlReader(text);
      return new Outcome.Read(reader.document(), reader.duplicateKeys);
    } catch (MarkedYamlEngineException e) {
      String line = e.getProblemMark().map(mark -> " in line " + (mark.getLine() + 1)).orElse("");
      return new Outcome.Unreadable(e.getProblem() + line);
    } catch (YamlEngineException e) {
      return new Outcome.Unreadable(String.valueOf(e.getMessage()));
    }
  }

  private Optional<Yaml> document() {
    while (events.hasNext()) {
      Event event = events.next();
      switch (event.getEventId()) {
        case StreamStart, DocumentStart, Comment -> {}
        case StreamEnd -> {
          return Optional.empty();
        }
        default -> {
          Yaml value = value(event, 0);
          requireEnd();
          return Optional.of(value);
        }
      }
    }
    return Optional.empty();
  }

  private void requireEnd() {
    while (events.hasNext()) {
      switch (events.next().getEventId()) {
        case DocumentEnd, StreamEnd, Comment -> {}
        default -> throw new YamlEngineException("there is more than one document");
      }
    }
  }

  private Yaml value(Event event, int depth) {
    if (depth > MAX_DEPTH) {
      throw new YamlEngineException("values are nested deeper than " + MAX_DEPTH);
    }
    count(1);
    return switch (event) {
      case AliasEvent alias -> alias(alias);
      case ScalarEvent scalar -> anchored(scalar.getAnchor(), scalar(scalar));
      case SequenceStartEvent start -> anchored(start.getAnchor(), sequence(depth));
      case MappingStartEvent start -> anchored(start.getAnchor(), mapping(depth));
      default -> throw new YamlEngineException("a value is missing");
    };
  }

  private void count(int more) {
    values += more;
    if (values > MAX_VALUES) {
      throw new YamlEngineException("there are more than " + MAX_VALUES + " values");
    }
  }

  private Yaml anchored(Optional<Anchor> anchor, Yaml value) {
    anchor.ifPresent(name -> anchors.put(name, value));
    return value;
  }

  private Yaml alias(AliasEvent event) {
    Yaml target = anchors.get(event.getAlias());
    if (target == null) {
      throw new YamlEngineException("the alias " + event.getAlias() + " stands for nothing yet");
    }
    count(size(target));
    return target;
  }

  private static int size(Yaml value) {
    return switch (value) {
      case Yaml.Scalar _ -> 1;
      case Yaml.Sequence sequence -> 1 + sequence.items().stream().mapToInt(YamlReader::size).sum();
      case Yaml.Mapping mapping ->
          1 + mapping.entries().values().stream().mapToInt(YamlReader::size).sum();
    };
  }

  private Yaml sequence(int depth) {
    var items = new ArrayList<Yaml>();
    for (var event = next(); event.getEventId() != Event.ID.SequenceEnd; event = next()) {
      items.add(value(event, depth + 1));
    }
    return new Yaml.Sequence(List.copyOf(items));
  }

  private Yaml mapping(int depth) {
    var entries = new LinkedHashMap<String, Yaml>();
    for (var event = next(); event.getEventId() != Event.ID.MappingEnd; event = next()) {
      if (!(value(event, depth + 1) instanceof Yaml.Scalar(String key, _))) {
        throw new YamlEngineException("a key is a list or a map");
      }
      if (entries.put(key, value(next(), depth + 1)) != null) {
        duplicateKeys.add(key);
      }
    }
    return new Yaml.Mapping(entries);
  }

  private Event next() {
    Event event = events.next();
    while (event.getEventId() == Event.ID.Comment) {
      event = events.next();
    }
    return event;
  }

  private Yaml scalar(ScalarEvent event) {
    String text = event.getValue();
    if (event.getTag().isPresent() || !event.getImplicit().canOmitTagInPlainScalar()) {
      return new Yaml.Scalar(text, text);
    }
    Tag tag = schema.getScalarResolver().resolve(text, true);
    var constructor = schema.getSchemaTagConstructors().get(tag);
    if (constructor == null) {
      return new Yaml.Scalar(text, text);
    }
    var node = new ScalarNode(tag, text, event.getScalarStyle());
    return new Yaml.Scalar(text, jsonValue(text, constructor.construct(node)));
  }

  private static @Nullable Object jsonValue(String text, @Nullable Object value) {
    return switch (value) {
      case Integer number -> number.longValue();
      case Double number when !Double.isFinite(number) -> text;
      case Double number when number == Math.rint(number) && Math.abs(number) < EXACT_INTEGERS ->
          number.longValue();
      case null, default -> value;
    };
  }
}
