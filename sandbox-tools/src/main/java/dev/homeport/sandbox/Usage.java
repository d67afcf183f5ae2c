package dev.homeport.sandbox;

import java.time.Duration;

/// What a sandbox used, as the kernel counts it. Waiting costs nothing.
///
/// @param processorTime of all of its processes since it was made
/// @param memoryBytes what it holds now, files in memory and cached ones included
public record Usage(Duration processorTime, long memoryBytes) {}
