package dev.homeport.sandbox;

import java.time.Duration;

/// What a command used with all that it started and waited for, as the kernel counts it.
///
/// @param processorTime in user mode and in the kernel
/// @param peakMemoryBytes the most that one of its processes held
public record ExecUsage(Duration processorTime, long peakMemoryBytes) {}
