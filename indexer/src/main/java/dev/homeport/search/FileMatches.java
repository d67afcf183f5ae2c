package dev.homeport.search;

import dev.homeport.workspace.WorkspacePath;
import java.util.List;

/// What a grep found in one file.
///
/// @param path the file
/// @param count how many of its lines match (how many matches it has, where they can cross lines);
///   1 where only files are asked for
/// @param lines the lines of the wanted page with their context; empty unless content is asked for
/// @param binary whether the search stopped at a NUL byte after some matches
public record FileMatches(WorkspacePath path, int count, List<LineMatch> lines, boolean binary) {
  /// Copies the lines.
  public FileMatches {
    lines = List.copyOf(lines);
  }
}
