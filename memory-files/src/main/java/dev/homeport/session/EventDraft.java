package dev.homeport.session;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An event that is to be appended.
///
/// @param type what happened: 1 to 128 characters, such as `checkpoint`
/// @param data its facts: strings, numbers, booleans, nulls, lists and maps of these
/// @param key a key of at most 256 characters that is appended only once, or null
public record EventDraft(String type, Map<String, @Nullable Object> data, @Nullable String key) {
  /// Copies the outermost map.
  public EventDraft {
    data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
  }
}
