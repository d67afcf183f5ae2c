package dev.homeport.secret;

import java.util.ArrayList;
import java.util.List;

/// A secret that a text seems to hold, without the secret itself: for warnings.
///
/// @param kind what it is
/// @param line where it begins, from 1
public record SecretFinding(SecretKind kind, int line) {
  /// All that a text seems to hold, from top to bottom. The time is linear in its length.
  public static List<SecretFinding> in(String text, SecretAllowList allowed) {
    var findings = new ArrayList<SecretFinding>();
    int line = 1;
    int counted = 0;
    for (var found : new SecretScanner(text, allowed).scan(0)) {
      for (; counted < found.start(); counted++) {
        line += text.charAt(counted) == '\n' ? 1 : 0;
      }
      findings.add(new SecretFinding(found.kind(), line));
    }
    return findings;
  }
}
