package dev.homeport.server.tool.schema;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The place of a value in the arguments, for messages.
///
/// @param name the path of the argument, such as `edits[2].old_text`
/// @param example a right value as JSON
record Where(String name, String example) {
  Where element(int index, Shape shape) {
    return new Where(name + "[" + index + "]", shape.example());
  }

  Where member(String key, Shape shape) {
    return new Where(name + "." + key, shape.example());
  }

  BadArgumentException wrong(String expected, @Nullable Object json) {
    return new BadArgumentException(
        "argument `%s` must be %s, but is %s. Example: \"%s\": %s"
            .formatted(name, expected, kind(json), lastName(), example));
  }

  private String lastName() {
    String last = name.substring(name.lastIndexOf('.') + 1);
    int bracket = last.indexOf('[');
    return bracket < 0 ? last : last.substring(0, bracket);
  }

  private static String kind(@Nullable Object json) {
    return switch (json) {
      case null -> "null";
      case String text -> text.length() <= 40 ? "the string \"" + text + "\"" : "a long string";
      case Number number -> "the number " + number;
      case Boolean flag -> flag.toString();
      case List<?> _ -> "a list";
      case Map<?, ?> _ -> "an object";
      default -> "something else";
    };
  }
}
