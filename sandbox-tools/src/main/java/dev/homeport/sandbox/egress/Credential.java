package dev.homeport.sandbox.egress;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Locale;
import java.util.Set;

/// A header that the proxy sets on allowed requests, in place of what the sandbox sent under that
/// name.
///
/// @param header its name
/// @param value its value, in which `${secret}` stands for the secret, and `${basic:USER}` for the
///   user and the secret as HTTP's Basic scheme writes them
/// @param source where the secret comes from
public record Credential(String header, String value, SecretSource source) {
  private static final String SECRET = "${secret}";
  private static final String BASIC = "${basic:";
  private static final Set<String> REFUSED =
      Set.of(
          "connection",
          "content-length",
          "expect",
          "host",
          "keep-alive",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  /// Checks that the header is one that can be set, and that the value has a place for the secret.
  public Credential {
    boolean token =
        !header.isEmpty()
            && header.chars().allMatch(c -> (c < 128 && Character.isLetterOrDigit(c)) || c == '-');
    if (!token || REFUSED.contains(header.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException("'" + header + "' is no header for a credential");
    }
    boolean printable = value.chars().allMatch(c -> c >= ' ' && c < 127);
    if (!printable || (!value.contains(SECRET) && !isBasic(value))) {
      throw new IllegalArgumentException(
          "the value of a credential must contain ${secret} or ${basic:USER}");
    }
  }

  private static boolean isBasic(String value) {
    int start = value.indexOf(BASIC);
    return start >= 0 && value.indexOf('}', start) > start;
  }

  /// The header's value with the secret in it.
  public String fill(String secret) {
    if (!isBasic(value)) {
      return value.replace(SECRET, secret);
    }
    int start = value.indexOf(BASIC);
    int end = value.indexOf('}', start);
    String pair = value.substring(start + BASIC.length(), end) + ":" + secret;
    return value.substring(0, start)
        + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8))
        + value.substring(end + 1);
  }
}
