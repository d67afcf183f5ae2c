package dev.homeport.skills.scan;

import java.util.List;

/// Finds secrets in texts: what the scan asks for and another module has.
@FunctionalInterface
public interface SecretDetector {
  /// A secret.
  ///
  /// @param kind what it is, such as `github-token`; never the secret itself
  /// @param line where it begins, from 1
  /// @param isCertain whether its form is hardly ever anything else
  record Found(String kind, int line, boolean isCertain) {}

  /// All that a text seems to hold, in time linear in its length.
  List<Found> find(String text);
}
