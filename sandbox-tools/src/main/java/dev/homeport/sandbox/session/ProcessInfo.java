package dev.homeport.sandbox.session;

import dev.homeport.sandbox.ExecEnd;
import java.time.Duration;
import java.util.Optional;

/// A process in the background.
///
/// @param id its id, unique within a server
/// @param sandbox the name of its sandbox
/// @param executor the name of the executor that runs it
/// @param age the time since its start
/// @param printedBytes what it printed so far
/// @param end how it ended, or empty while it runs
public record ProcessInfo(
    String id,
    String sandbox,
    String executor,
    Duration age,
    long printedBytes,
    Optional<ExecEnd> end) {}
