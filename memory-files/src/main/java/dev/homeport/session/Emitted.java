package dev.homeport.session;

import java.time.Instant;

/// Where an event stands in the log.
///
/// @param position its position
/// @param time when it was appended
/// @param repeated whether it stood there already under the same idempotency key
/// @param masked how many secrets were masked in its data
public record Emitted(long position, Instant time, boolean repeated, int masked) {}
