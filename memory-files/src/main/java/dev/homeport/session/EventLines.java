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

/// The form of an event on disk: one line of JSON, its data behind all other fields but the hash.
final class EventLines {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final TypeReference<Map<String, @Nullable Object>> OBJECT =
      new TypeReference<>() {};

  /// The most bytes of position, time and the braces around them.
  private static final int LONGEST_START = 90;

  private EventLines() {}

  /// What stands before the data of a line.
  record Header(Instant time, String type) {}

  /// The part of a line that does not depend on its place in the log: all fields after the time.
  static String rest(EventDraft draft) {
    var fields = new LinkedHashMap<String, Object>();
    if (draft.key() != null) {
      fields.put("key", draft.key());
    }
    fields.put("type", draft.type());
    fields.put("data", draft.data());
    return JSON.writeValueAsString(fields).substring(1);
  }

  /// The most bytes that a line with this rest takes, with its hash and line feed.
  static int longest(String rest) {
    return LONGEST_START + rest.getBytes(UTF_8).length + HashChain.BYTES;
  }

  /// A line without hash and line feed.
  static byte[] write(long position, Instant time, String rest) {
    return (start(position) + "\"time\":\"" + time + "\"," + rest).getBytes(UTF_8);
  }

  /// How the line of a position begins.
  static String start(long position) {
    return "{\"position\":" + position + ",";
  }

  /// The event of a line; a line that somebody damaged keeps its position.
  static Event read(long position, byte[] line) {
    try {
      Map<String, @Nullable Object> fields = JSON.readValue(line, OBJECT);
      if (fields != null
          && fields.get("time") instanceof String time
          && fields.get("type") instanceof String type
          && fields.get("data") instanceof Map<?, ?> data) {
        return new Event(position, Instant.parse(time), type, key(fields), copy(data));
      }
    } catch (JacksonException | DateTimeException e) {
      return damaged(position, line.length);
    }
    return damaged(position, line.length);
  }

  /// What is told instead of a line that cannot be read.
  static Event damaged(long position, int bytes) {
    return new Event(position, Instant.EPOCH, Event.DAMAGED, null, Map.of("bytes", bytes));
  }

  private static @Nullable String key(Map<String, @Nullable Object> fields) {
    return fields.get("key") instanceof String key ? key : null;
  }

  private static Map<String, @Nullable Object> copy(Map<?, ?> data) {
    var copy = new LinkedHashMap<String, @Nullable Object>();
    data.forEach((name, value) -> copy.put(String.valueOf(name), value));
    return copy;
  }

  /// Time and type of a line, read without its data; empty if the line is damaged there.
  static Optional<Header> header(byte[] line) {
    Map<String, String> fields = headerFields(line);
    String time = fields.get("time");
    String type = fields.get("type");
    if (time == null || type == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Header(Instant.parse(time), type));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /// The idempotency key of a line, read without its data.
  static Optional<String> key(byte[] line) {
    return Optional.ofNullable(headerFields(line).get("key"));
  }

  /// The texts that stand before the data; none if the line is damaged there.
  private static Map<String, String> headerFields(byte[] line) {
    var fields = new LinkedHashMap<String, String>();
    try (var parser = JSON.createParser(line)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        if (name.equals("data")) {
          return fields;
        }
        if (parser.nextToken() == JsonToken.VALUE_STRING) {
          fields.put(name, parser.getString());
        } else {
          parser.skipChildren();
        }
      }
      return Map.of();
    } catch (JacksonException e) {
      return Map.of();
    }
  }
}
