package dev.homeport.server.cli;

import dev.homeport.secret.SecretAllowList;
import dev.homeport.secret.SecretFinding;
import dev.homeport.secret.SecretKind;
import dev.homeport.skills.scan.SecretDetector;
import java.util.Set;

/// Finds secrets for scans of skills; what is configured as no secret is none here either.
final class SecretDetection {
  /// Kinds that documentation shows with values made up; the others have a form of their own.
  private static final Set<SecretKind> DOUBTFUL =
      Set.of(
          SecretKind.ASSIGNED_SECRET,
          SecretKind.AUTHORIZATION,
          SecretKind.CONNECTION_PASSWORD,
          SecretKind.URL_PASSWORD);

  private SecretDetection() {}

  static SecretDetector of(SecretAllowList allowed) {
    return text ->
        SecretFinding.in(text, allowed).stream()
            .map(found ->
                new SecretDetector.Found(
                    found.kind().label(), found.line(), !DOUBTFUL.contains(found.kind())))
            .toList();
  }
}
