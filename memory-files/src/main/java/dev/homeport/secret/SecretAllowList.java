package dev.homeport.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.homeport.workspace.Sha256;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// Values that look like secrets and are none: test keys, public client ids. Each is compared with
/// the whole of what a pattern found.
///
/// @param values as they stand in the text
/// @param sha256 of their UTF-8 bytes, for lists that must not show them; case does not matter
public record SecretAllowList(Set<String> values, Set<String> sha256) {
  /// Allows nothing beyond the examples of documentation, which are never taken for secrets.
  public static final SecretAllowList NONE = new SecretAllowList(Set.of(), Set.of());

  /// The list of the call that runs; [#NONE] if it is not bound.
  public static final ScopedValue<SecretAllowList> CURRENT = ScopedValue.newInstance();

  /// What is allowed in the call that runs.
  public static SecretAllowList current() {
    return CURRENT.orElse(NONE);
  }

  /// Copies the sets.
  ///
  /// @throws IllegalArgumentException if a digest is not 64 hexadecimal digits
  public SecretAllowList {
    values = Set.copyOf(values);
    sha256 =
        sha256.stream()
            .map(digest -> digest.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
    for (String digest : sha256) {
      if (digest.length() != 64 || !digest.chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
        throw new IllegalArgumentException(
            "an allowed sha256 has " + digest.length() + " characters, but must be 64 hex digits");
      }
    }
  }

  /// Whether a value is on the list.
  boolean allows(String value) {
    return values.contains(value)
        || (!sha256.isEmpty() && sha256.contains(Sha256.hex(value.getBytes(UTF_8))));
  }
}
