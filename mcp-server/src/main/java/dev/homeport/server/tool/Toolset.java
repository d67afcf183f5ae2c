package dev.homeport.server.tool;

import java.util.Locale;
import java.util.Optional;

/// A group of tools that a user switches on or off as one, in the order in which they are listed.
public enum Toolset {
  /// The `/memories` tree.
  MEMORY,
  /// Any file of the workspace.
  FILES,
  /// Task plans and notes.
  PLAN,
  /// Waking up, the session log, stored results.
  CONTEXT,
  /// Exact and ranked search.
  SEARCH,
  /// The skill catalog.
  SKILLS,
  /// Sandboxes and execution in them.
  SANDBOX;

  /// The name as users write it: lower case.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The toolset that a user named.
  public static Optional<Toolset> of(String label) {
    for (Toolset toolset : values()) {
      if (toolset.label().equals(label.toLowerCase(Locale.ROOT))) {
        return Optional.of(toolset);
      }
    }
    return Optional.empty();
  }
}
