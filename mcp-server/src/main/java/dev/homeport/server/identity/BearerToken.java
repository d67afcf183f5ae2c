package dev.homeport.server.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/// A token of ours: `hp_` and 256 random bits, so that its plain hash gives nothing away.
public final class BearerToken {
  private static final String PREFIX = "hp_";
  private static final int BYTES = 32;

  private BearerToken() {}

  /// A new one.
  public static String random() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /// Whether a text has the form of one.
  static boolean isOurs(String text) {
    return text.startsWith(PREFIX);
  }

  /// The proof that is kept of one.
  public static Grant.Proof.Token proof(String token) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8));
      return new Grant.Proof.Token(HexFormat.of().formatHex(digest));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
