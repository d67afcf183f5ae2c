package dev.homeport.secret;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Takes secrets out of text that nobody will read before it is kept.
///
/// Only forms that are hardly ever anything else are recognised (see [SecretKind]); a secret
/// without such a form stays. The examples of documentation and placeholders stay as well. The time
/// is linear in the length of the text. Thread-safe.
public final class SecretMasker {
  private SecretMasker() {}

  /// Replaces each secret by its mask, except what the call that runs allows.
  public static MaskedText mask(String text) {
    return mask(text, SecretAllowList.current());
  }

  /// Replaces each secret by its mask, except what is allowed.
  public static MaskedText mask(String text, SecretAllowList allowed) {
    List<SecretScanner.Found> found = new SecretScanner(text, allowed).scan(0);
    if (found.isEmpty()) {
      return new MaskedText(text, Map.of());
    }
    var masked = new StringBuilder(text.length());
    var counts = new EnumMap<SecretKind, Integer>(SecretKind.class);
    int copied = 0;
    for (var secret : found) {
      masked.append(text, copied, secret.start()).append(secret.kind().mask());
      copied = secret.end();
      counts.merge(secret.kind(), 1, Integer::sum);
    }
    masked.append(text, copied, text.length());
    return new MaskedText(masked.toString(), counts);
  }
}
