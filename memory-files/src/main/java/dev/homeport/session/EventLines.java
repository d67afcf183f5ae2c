package dev.homeport.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// The form of an event on disk: one line of JSON, its data last.
final class EventLines {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final TypeReference<Map<String, @Nullable Object>> OBJECT =
      new TypeReference<>() {};

  private EventLines() {}

  /// The line of an event, with its line feed.
  static byte[] write(Event event) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("position", event.position());
    fields.put("time", event.time().toString());
    if (event.key() != null) {
      fields.put("key", event.key());
    }
    fields.put("type", event.type());
    fields.put("data", event.data());
    return (JSON.writeValueAsString(fields) + "\n").getBytes(UTF_8);
  }

  /// The event of a line; a line that somebody damaged keeps its position.
  static Event read(long position, byte[] line) {
    try {
      Map<String, @Nullable Object> fields = JSON.readValue(line, OBJECT);
      if (fields.get("time") instanceof String time
          && fields.get("type") instanceof String type
          && fields.get("data") instanceof Map<?, ?> data) {
        return new Event(position, Instant.parse(time), type, key(fields), copy(data));
      }
    } catch (JacksonException | DateTimeException e) {
      return damaged(position, line);
    }
    return damaged(position, line);
  }

  private static Event damaged(long position, byte[] line) {
    return new Event(position, Instant.EPOCH, Event.DAMAGED, null, Map.of("bytes", line.length));
  }

  private static @Nullable String key(Map<String, @Nullable Object> fields) {
    return fields.get("key") instanceof String key ? key : null;
  }

  private static Map<String, @Nullable Object> copy(Map<?, ?> data) {
    var copy = new LinkedHashMap<String, @Nullable Object>();
    data.forEach((name, value) -> copy.put(String.valueOf(name), value));
    return copy;
  }

  /// The idempotency key of a line, read without its data.
  static Optional<String> key(byte[] line) {
    try (var parser = JSON.createParser(line)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        if (name.equals("data")) {
          return Optional.empty();
        }
        parser.nextToken();
        if (name.equals("key")) {
          return Optional.ofNullable(parser.getValueAsString());
        }
      }
      return Optional.empty();
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }
}
