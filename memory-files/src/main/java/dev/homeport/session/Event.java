package dev.homeport.session;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Something that happened in a session.
///
/// @param position its place in the log: dense integers from 0
/// @param time when it was appended
/// @param type what happened, such as `tool.call`
/// @param key the idempotency key that it was emitted with, or null
/// @param data its facts: strings, numbers, booleans, nulls, lists and maps of these
public record Event(
    long position,
    Instant time,
    String type,
    @Nullable String key,
    Map<String, @Nullable Object> data) {
  /// The type under which a line of the log that cannot be read is reported.
  public static final String DAMAGED = "homeport.damaged";

  /// Copies the outermost map.
  public Event {
    data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
  }
}
