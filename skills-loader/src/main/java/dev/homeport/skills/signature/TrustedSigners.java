package dev.homeport.skills.signature;

import dev.homeport.workspace.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// The certificates and keys by which the user trusts signatures.
///
/// @param certificates authorities, or signers themselves
/// @param keys public keys, each with the name of its file
/// @param problems what could not be read, one sentence each
public record TrustedSigners(
    List<X509Certificate> certificates, List<NamedKey> keys, List<String> problems) {
  /// Nobody is trusted.
  public static final TrustedSigners NONE = new TrustedSigners(List.of(), List.of(), List.of());

  private static final String KEY_BEGIN = "-----BEGIN PUBLIC KEY-----";
  private static final String KEY_END = "-----END PUBLIC KEY-----";
  private static final String CERTIFICATE_BEGIN = "-----BEGIN CERTIFICATE-----";
  private static final int MOST_BYTES = 1 << 20;

  /// Copies the lists.
  public TrustedSigners {
    certificates = List.copyOf(certificates);
    keys = List.copyOf(keys);
    problems = List.copyOf(problems);
  }

  /// A public key.
  ///
  /// @param name how people know it
  public record NamedKey(String name, ECPublicKey key) {
    /// What bundles call it: the SHA-256 of the key as PEM.
    String hint() {
      String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
      return Sha256.hex(
          (KEY_BEGIN + "\n" + base64 + "\n" + KEY_END + "\n").getBytes(StandardCharsets.US_ASCII));
    }
  }

  /// Reads PEM files with certificates or public keys. What cannot be read vouches for nothing and
  /// is told in [#problems].
  public static TrustedSigners read(List<Path> files) {
    var certificates = new ArrayList<X509Certificate>();
    var keys = new ArrayList<NamedKey>();
    var problems = new ArrayList<String>();
    for (Path file : files) {
      try {
        String text = text(file);
        if (text.contains(KEY_BEGIN)) {
          keys.add(new NamedKey(String.valueOf(file.getFileName()), key(text)));
        } else if (text.contains(CERTIFICATE_BEGIN)) {
          certificates.addAll(certificates(text));
        } else {
          problems.add("trusted signer " + file + " holds neither a certificate nor a public key");
        }
      } catch (IOException missing) {
        problems.add("trusted signer " + file + " cannot be read");
      } catch (GeneralSecurityException | IllegalArgumentException wrong) {
        problems.add(
            "trusted signer " + file + " is no X.509 certificate or public key of a P curve");
      }
    }
    return new TrustedSigners(certificates, keys, problems);
  }

  private static String text(Path file) throws IOException {
    if (Files.size(file) > MOST_BYTES) {
      throw new IOException(file + " has more than " + MOST_BYTES + " bytes");
    }
    return Files.readString(file, StandardCharsets.ISO_8859_1);
  }

  private static ECPublicKey key(String text) throws GeneralSecurityException {
    int begin = text.indexOf(KEY_BEGIN) + KEY_BEGIN.length();
    int end = text.indexOf(KEY_END, begin);
    String base64 = text.substring(begin, Math.max(begin, end));
    var encoded = new X509EncodedKeySpec(Base64.getMimeDecoder().decode(base64));
    return (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(encoded);
  }

  private static List<X509Certificate> certificates(String text) throws GeneralSecurityException {
    String pem = text.substring(text.indexOf(CERTIFICATE_BEGIN));
    var in = new ByteArrayInputStream(pem.getBytes(StandardCharsets.ISO_8859_1));
    return CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
        .map(X509Certificate.class::cast)
        .toList();
  }

  /// Whether there is anybody to trust.
  public boolean isEmpty() {
    return certificates.isEmpty() && keys.isEmpty();
  }
}
