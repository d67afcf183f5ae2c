package dev.homeport.workspace;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The SHA-256 of content, as Homeport writes it everywhere: 64 lower-case hexadecimal digits.
public final class Sha256 {
  private Sha256() {}

  /// The digest of all bytes.
  public static String hex(byte[] content) {
    return HexFormat.of().formatHex(digest().digest(content));
  }

  /// A fresh digest, for content that does not fit in memory.
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
