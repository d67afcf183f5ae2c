package dev.homeport.server.tool.schema;

import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A record as a JSON object: its schema, and how parsed JSON becomes an instance.
///
/// Components may be `String`, `int`, `long`, `double`, `boolean` (or their boxes), enums, records,
/// lists of these, `Map<String, T>` of these and `Map<String, Object>` for anything. A component is
/// optional if its type is `@Nullable` (from JSpecify). Unknown names are refused. Immutable, thus
/// thread-safe.
///
/// @param <R> the record
public final class RecordShape<R extends Record> {
  private final Constructor<R> constructor;
  private final Map<String, Field> fields = new LinkedHashMap<>();
  private final Map<String, String> aliases = new LinkedHashMap<>();

  private record Field(Shape shape, boolean required, String description, String example) {}

  private RecordShape(Class<R> type) {
    RecordComponent[] components = type.getRecordComponents();
    for (RecordComponent component : components) {
      add(component);
    }
    try {
      constructor =
          type.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
    } catch (NoSuchMethodException impossible) {
      throw new IllegalStateException(type + " has no canonical constructor", impossible);
    }
    constructor.setAccessible(true);
  }

  /// Reads the components of a record.
  ///
  /// @throws IllegalArgumentException if a component has a type that has no JSON form here
  public static <R extends Record> RecordShape<R> of(Class<R> type) {
    return new RecordShape<>(type);
  }

  /// The JSON Schema: a plain object with its properties in the order of the components.
  public Map<String, Object> schema() {
    var properties = new LinkedHashMap<String, Object>();
    var required = new ArrayList<String>();
    fields.forEach((name, field) -> {
      var schema = new LinkedHashMap<>(field.shape().schema());
      if (!field.description().isEmpty()) {
        schema.put("description", field.description());
      }
      properties.put(name, schema);
      if (field.required()) {
        required.add(name);
      }
    });
    var schema = new LinkedHashMap<String, Object>();
    schema.put("type", "object");
    schema.put("properties", properties);
    if (!required.isEmpty()) {
      schema.put("required", List.copyOf(required));
    }
    return schema;
  }

  /// Makes the record from parsed JSON.
  ///
  /// @throws BadArgumentException if a name is unknown or given twice under two names, an argument
  ///   is missing or of the wrong type, or the record's own constructor refuses a value
  public R bind(Map<String, ?> arguments) throws BadArgumentException {
    return bind(arguments, "");
  }

  R bind(Map<?, ?> arguments, String prefix) throws BadArgumentException {
    Map<String, Object> given = normalise(arguments, prefix);
    var values = new @Nullable Object[fields.size()];
    int i = 0;
    for (var entry : fields.entrySet()) {
      values[i++] =
          value(given.get(entry.getKey()), join(prefix, entry.getKey()), entry.getValue());
    }
    return create(values);
  }

  String example() {
    var members = new ArrayList<String>();
    fields.forEach((name, field) -> {
      if (field.required()) {
        members.add("\"" + name + "\": " + field.example());
      }
    });
    return "{" + String.join(", ", members) + "}";
  }

  private static @Nullable Object value(@Nullable Object json, String name, Field field)
      throws BadArgumentException {
    if (json != null) {
      return field.shape().bind(json, new Where(name, field.example()));
    }
    if (field.required()) {
      throw new BadArgumentException(
          "argument `%s` is missing. Example: \"%s\": %s"
              .formatted(name, name.substring(name.lastIndexOf('.') + 1), field.example()));
    }
    return null;
  }

  /// The arguments under their proper names, nulls left out.
  private Map<String, Object> normalise(Map<?, ?> arguments, String prefix)
      throws BadArgumentException {
    var given = new LinkedHashMap<String, Object>();
    for (var entry : arguments.entrySet()) {
      String name = String.valueOf(entry.getKey());
      String proper = fields.containsKey(name) ? name : aliases.get(name);
      if (proper == null) {
        throw unknown(join(prefix, name), name);
      }
      if (entry.getValue() != null && given.put(proper, entry.getValue()) != null) {
        throw new BadArgumentException(
            "argument `%s` is given twice, also as `%s`; give it once".formatted(proper, name));
      }
    }
    return given;
  }

  private BadArgumentException unknown(String path, String name) {
    String hint =
        NearestName.of(name, fields.keySet())
            .map(nearest -> "did you mean `" + nearest + "`? ")
            .orElse("");
    return new BadArgumentException(
        "unknown argument `%s`: %sKnown: %s"
            .formatted(path, hint, fields.isEmpty() ? "none" : String.join(", ", fields.keySet())));
  }

  private R create(@Nullable Object[] values) throws BadArgumentException {
    try {
      return constructor.newInstance(values);
    } catch (InvocationTargetException refused) {
      if (refused.getCause() instanceof IllegalArgumentException reason) {
        throw new BadArgumentException(String.valueOf(reason.getMessage()));
      }
      throw new IllegalStateException(refused.getCause());
    } catch (InstantiationException | IllegalAccessException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private void add(RecordComponent component) {
    Arg arg = component.getAnnotation(Arg.class);
    String name = snakeCase(component.getName());
    Shape shape = shape(component.getAnnotatedType());
    boolean optional = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    String example = arg == null || arg.example().isEmpty() ? shape.example() : arg.example();
    fields.put(name, new Field(shape, !optional, arg == null ? "" : arg.value(), example));
    if (!name.equals(component.getName())) {
      aliases.put(component.getName(), name);
    }
    if (arg != null) {
      for (String alias : arg.aliases()) {
        aliases.put(alias, name);
      }
    }
  }

  private static Shape shape(AnnotatedType annotated) {
    Type type = annotated.getType();
    if (type instanceof ParameterizedType generic
        && annotated instanceof AnnotatedParameterizedType arguments) {
      AnnotatedType[] parts = arguments.getAnnotatedActualTypeArguments();
      if (generic.getRawType() == List.class) {
        return new Shape.ListOf(shape(parts[0]));
      }
      if (generic.getRawType() == Map.class && parts[0].getType() == String.class) {
        return new Shape.FreeObject(parts[1].getType() == Object.class ? null : shape(parts[1]));
      }
    }
    if (type instanceof Class<?> plain) {
      return shape(plain);
    }
    throw new IllegalArgumentException(type + " has no JSON form");
  }

  private static Shape shape(Class<?> type) {
    if (type == String.class) {
      return new Shape.Text();
    } else if (type == int.class || type == Integer.class) {
      return new Shape.Whole(false);
    } else if (type == long.class || type == Long.class) {
      return new Shape.Whole(true);
    } else if (type == double.class || type == Double.class) {
      return new Shape.Decimal();
    } else if (type == boolean.class || type == Boolean.class) {
      return new Shape.Flag();
    } else if (type.isEnum()) {
      return Shape.Choice.of(type);
    } else if (type.isRecord()) {
      return new Shape.Nested(of(type.asSubclass(Record.class)));
    }
    throw new IllegalArgumentException(type + " has no JSON form");
  }

  private static String join(String prefix, String name) {
    return prefix.isEmpty() ? name : prefix + "." + name;
  }

  static String snakeCase(String name) {
    var snake = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (Character.isUpperCase(c)) {
        snake.append('_');
      }
      snake.append(Character.toLowerCase(c));
    }
    return snake.toString();
  }
}
