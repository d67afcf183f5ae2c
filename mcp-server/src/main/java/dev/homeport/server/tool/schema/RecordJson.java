package dev.homeport.server.tool.schema;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Records as plain JSON values, by the same naming rules as [RecordShape].
public final class RecordJson {
  private RecordJson() {}

  /// The record as a map in the order of its components; absent (null) components are left out.
  public static Map<String, Object> of(Record value) {
    var members = new LinkedHashMap<String, Object>();
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      Object member = json(read(component, value));
      if (member != null) {
        members.put(RecordShape.snakeCase(component.getName()), member);
      }
    }
    return members;
  }

  private static @Nullable Object json(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Record inner -> of(inner);
      case List<?> list -> list.stream().map(RecordJson::json).toList();
      case Enum<?> constant -> constant.name().toLowerCase(Locale.ROOT);
      default -> value;
    };
  }

  private static @Nullable Object read(RecordComponent component, Record value) {
    try {
      var accessor = component.getAccessor();
      accessor.setAccessible(true);
      return accessor.invoke(value);
    } catch (IllegalAccessException | InvocationTargetException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
