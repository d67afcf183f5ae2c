package dev.homeport.secret;

import java.util.EnumMap;
import java.util.Map;

/// A text without its secrets, and how many of each kind were taken out.
///
/// @param text the text with a mask such as `[masked github-token]` for each secret
/// @param counts the number of masked secrets; kinds that were not found are absent
public record MaskedText(String text, Map<SecretKind, Integer> counts) {
  /// Copies the counts.
  public MaskedText {
    counts = counts.isEmpty() ? Map.of() : Map.copyOf(new EnumMap<>(counts));
  }

  /// The number of masked secrets of all kinds.
  public int total() {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }
}
