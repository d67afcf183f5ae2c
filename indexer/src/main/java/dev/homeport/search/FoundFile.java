package dev.homeport.search;

import java.time.Instant;

/// A regular file that a [Glob] found.
///
/// @param path its path in the workspace, names joined by `/`
/// @param bytes its size
/// @param modified the time of its last change
public record FoundFile(String path, long bytes, Instant modified) {}
