package dev.homeport.server.tool.schema;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The form of one JSON value: what its schema says, and how a parsed value becomes a Java one.
///
/// Parsed JSON is what any parser gives: `Map`, `List`, `String`, `Number`, `Boolean` or null.
sealed interface Shape {
  /// The shape as JSON Schema, without what a reader can do without (`$schema`, `format`).
  Map<String, Object> schema();

  /// The Java value for a parsed JSON value that stands at `where`.
  Object bind(@Nullable Object json, Where where) throws BadArgumentException;

  /// A value of this shape as JSON, for messages.
  String example();

  /// A string.
  record Text() implements Shape {
    @Override
    public Map<String, Object> schema() {
      return Map.of("type", "string");
    }

    @Override
    public Object bind(@Nullable Object json, Where where) throws BadArgumentException {
      return switch (json) {
        case String text -> text;
        case null, default -> throw where.wrong("a string", json);
      };
    }

    @Override
    public String example() {
      return "\"text\"";
    }
  }

  /// A whole number, for `int` or `long`. A decimal string is taken too: models send it.
  record Whole(boolean wide) implements Shape {
    @Override
    public Map<String, Object> schema() {
      return Map.of("type", "integer");
    }

    @Override
    public Object bind(@Nullable Object json, Where where) throws BadArgumentException {
      try {
        if (json instanceof Number || json instanceof String) {
          var number = new BigDecimal(json.toString());
          return wide ? (Object) number.longValueExact() : (Object) number.intValueExact();
        }
      } catch (ArithmeticException | NumberFormatException notWhole) {
        throw where.wrong("a whole number", json);
      }
      throw where.wrong("a whole number", json);
    }

    @Override
    public String example() {
      return "10";
    }
  }

  /// A number, for `double`.
  record Decimal() implements Shape {
    @Override
    public Map<String, Object> schema() {
      return Map.of("type", "number");
    }

    @Override
    public Object bind(@Nullable Object json, Where where) throws BadArgumentException {
      try {
        if (json instanceof Number || json instanceof String) {
          return new BigDecimal(json.toString()).doubleValue();
        }
      } catch (NumberFormatException notANumber) {
        throw where.wrong("a number", json);
      }
      throw where.wrong("a number", json);
    }

    @Override
    public String example() {
      return "0.5";
    }
  }

  /// True or false. The strings `true` and `false` are taken too: models send them.
  record Flag() implements Shape {
    @Override
    public Map<String, Object> schema() {
      return Map.of("type", "boolean");
    }

    @Override
    public Object bind(@Nullable Object json, Where where) throws BadArgumentException {
      return switch (json) {
        case Boolean flag -> flag;
        case String text when text.equals("true") -> true;
        case String text when text.equals("false") -> false;
        case null, default -> throw where.wrong("true or false", json);
      };
    }

    @Override
    public String example() {
      return "true";
    }
  }

  /// One of an enum's constants, written in lower case.
  record Choice(Map<String, Object> constants) implements Shape {
    static Choice of(Class<?> type) {
      var constants = new LinkedHashMap<String, Object>();
      for (Object constant : type.getEnumConstants()) {
        constants.put(((Enum<?>) constant).name().toLowerCase(Locale.ROOT), constant);
      }
      return new Choice(constants);
    }

    @Override
    public Map<String, Object> schema() {
      var schema = new LinkedHashMap<String, Object>();
      schema.put("type", "string");
      schema.put("enum", List.copyOf(constants.keySet()));
      return schema;
    }

    @Override
    public Object bind(@Nullable Object json, Where where) throws BadArgumentException {
      Object constant =
          json instanceof String text ? constants.get(text.toLowerCase(Locale.ROOT)) : null;
      if (constant == null) {
        throw where.wrong("one of " + String.join(", ", constants.keySet()), json);
      }
      return constant;
    }

    @Override
    public String example() {
      return "\"" + constants.keySet().iterator().next() + "\"";
    }
  }

  /// A list of values of one shape.
  record ListOf(Shape element) implements Shape {
    @Override
    public Map<String, Object> schema() {
      var schema = new LinkedHashMap<String, Object>();
      schema.put("type", "array");
      schema.put("items", element.schema());
      return schema;
    }

    @Override
    public Object bind(@Nullable Object json, Where where) throws BadArgumentException {
      if (!(json instanceof List<?> values)) {
        throw where.wrong("a list", json);
      }
      var bound = new ArrayList<Object>(values.size());
      for (int i = 0; i < values.size(); i++) {
        bound.add(element.bind(values.get(i), where.element(i, element)));
      }
      return List.copyOf(bound);
    }

    @Override
    public String example() {
      return "[" + element.example() + "]";
    }
  }

  /// An object with names of the caller's choice.
  ///
  /// @param value the shape of its values; null if anything may stand there
  record FreeObject(@Nullable Shape value) implements Shape {
    @Override
    public Map<String, Object> schema() {
      var schema = new LinkedHashMap<String, Object>();
      schema.put("type", "object");
      if (value != null) {
        schema.put("additionalProperties", value.schema());
      }
      return schema;
    }

    @Override
    public Object bind(@Nullable Object json, Where where) throws BadArgumentException {
      if (!(json instanceof Map<?, ?> entries)) {
        throw where.wrong("an object", json);
      }
      var bound = new LinkedHashMap<String, @Nullable Object>();
      for (var entry : entries.entrySet()) {
        String key = String.valueOf(entry.getKey());
        bound.put(
            key,
            value == null
                ? entry.getValue()
                : value.bind(entry.getValue(), where.member(key, value)));
      }
      return java.util.Collections.unmodifiableMap(bound);
    }

    @Override
    public String example() {
      return "{\"key\": " + (value == null ? "\"value\"" : value.example()) + "}";
    }
  }

  /// An object with the components of a record.
  record Nested(RecordShape<?> type) implements Shape {
    @Override
    public Map<String, Object> schema() {
      return type.schema();
    }

    @Override
    public Object bind(@Nullable Object json, Where where) throws BadArgumentException {
      if (!(json instanceof Map<?, ?> object)) {
        throw where.wrong("an object", json);
      }
      return type.bind(object, where.name());
    }

    @Override
    public String example() {
      return type.example();
    }
  }
}
