package dev.homeport.server.mcp;

import java.util.Map;

/// What clients of Anthropic take from a tool's `_meta`; others pass over it.
final class ClientHints {
  private static final String ALWAYS_LOAD = "anthropic/alwaysLoad";
  private static final String MOST_CHARACTERS = "anthropic/maxResultSizeChars";

  /// The most that such a client grants.
  private static final int ALL = 500_000;

  /// Tools that page by themselves must not be cut again; the first one that an agent needs is
  /// there without a search for tools.
  private static final Map<String, Map<String, Object>> BY_TOOL =
      Map.of(
          "memory", Map.of(MOST_CHARACTERS, ALL),
          "read_file", Map.of(MOST_CHARACTERS, ALL),
          "result_read", Map.of(MOST_CHARACTERS, ALL),
          "skill_read", Map.of(MOST_CHARACTERS, ALL),
          "wake", Map.of(ALWAYS_LOAD, true));

  private ClientHints() {}

  /// The hints of a tool; empty if it has none.
  static Map<String, Object> of(String tool) {
    return BY_TOOL.getOrDefault(tool, Map.of());
  }
}
