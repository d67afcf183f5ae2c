package dev.homeport.session;

import dev.homeport.secret.MaskedText;
import dev.homeport.secret.SecretMasker;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Masks the secrets in all texts of a value, and counts them. Not thread-safe.
final class DataMasking {
  private int masked;

  /// How many secrets were masked until now.
  int masked() {
    return masked;
  }

  Map<String, @Nullable Object> mask(Map<?, ? extends @Nullable Object> map) {
    var copy = new LinkedHashMap<String, @Nullable Object>();
    map.forEach((name, value) -> copy.put(String.valueOf(name), maskValue(value)));
    return copy;
  }

  private @Nullable Object maskValue(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case String text -> maskText(text);
      case Map<?, ?> map -> mask(map);
      case List<?> list -> {
        var copy = new ArrayList<@Nullable Object>();
        list.forEach(element -> copy.add(maskValue(element)));
        yield copy;
      }
      case Boolean flag -> flag;
      case Number number -> number;
      default ->
          throw new IllegalArgumentException(
              value.getClass() + " in the data of an event, but must be a value of JSON");
    };
  }

  private String maskText(String text) {
    MaskedText result = SecretMasker.mask(text);
    masked += result.total();
    return result.text();
  }
}
