package dev.homeport.skills.signature;

import dev.homeport.skills.yaml.Yaml;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A Sigstore bundle with a DSSE envelope.
///
/// @param material what tells who signed
/// @param payload the signed statement
/// @param signature over the payload and its type
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
record SignatureBundle(Material material, byte[] payload, byte[] signature) {
  private static final String MEDIA_TYPE = "application/vnd.dev.sigstore.bundle";
  private static final String PAYLOAD_TYPE = "application/vnd.in-toto+json";

  /// How a signer is named.
  sealed interface Material {
    /// A key that both sides know.
    ///
    /// @param hint which one; empty if the bundle does not say
    record Key(String hint) implements Material {}

    /// Certificates, the signer's first.
    record Chain(List<X509Certificate> certificates) implements Material {
      /// Copies the list.
      public Chain {
        certificates = List.copyOf(certificates);
      }

      X509Certificate signer() {
        return certificates.getFirst();
      }
    }

    /// A certificate for minutes, with an entry in a public log.
    record Keyless() implements Material {}
  }

  /// Reads the text of a bundle; empty if it is none.
  static Optional<SignatureBundle> parse(String text) {
    Optional<Yaml> bundle = Yaml.read(text);
    if (bundle.isEmpty()) {
      return Optional.empty();
    }
    try {
      return of(bundle.get());
    } catch (IllegalArgumentException | CertificateException notDecoded) {
      return Optional.empty();
    }
  }

  private static Optional<SignatureBundle> of(Yaml bundle) throws CertificateException {
    Yaml envelope = at(bundle, "dsseEnvelope");
    Optional<Material> material = material(at(bundle, "verificationMaterial"));
    if (!text(bundle, "mediaType").startsWith(MEDIA_TYPE)
        || !text(envelope, "payloadType").equals(PAYLOAD_TYPE)
        || !(at(envelope, "signatures") instanceof Yaml.Sequence(var signatures))
        || signatures.size() != 1
        || material.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new SignatureBundle(
            material.get(),
            Base64.getDecoder().decode(text(envelope, "payload")),
            Base64.getDecoder().decode(text(signatures.getFirst(), "sig"))));
  }

  private static Optional<Material> material(@Nullable Yaml material) throws CertificateException {
    if (at(material, "publicKey") instanceof Yaml.Mapping key) {
      return Optional.of(new Material.Key(text(key, "hint")));
    }
    if (at(at(material, "x509CertificateChain"), "certificates")
        instanceof Yaml.Sequence(var encoded)) {
      var certificates = new ArrayList<X509Certificate>();
      for (Yaml certificate : encoded) {
        certificates.add(certificate(text(certificate, "rawBytes")));
      }
      return certificates.isEmpty()
          ? Optional.empty()
          : Optional.of(new Material.Chain(certificates));
    }
    return at(material, "certificate") == null
        ? Optional.empty()
        : Optional.of(new Material.Keyless());
  }

  private static X509Certificate certificate(String base64) throws CertificateException {
    var in = new ByteArrayInputStream(Base64.getDecoder().decode(base64));
    return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
  }

  private static @Nullable Yaml at(@Nullable Yaml value, String key) {
    return value instanceof Yaml.Mapping map ? map.get(key) : null;
  }

  private static String text(@Nullable Yaml value, String key) {
    return at(value, key) instanceof Yaml.Scalar(String text, _) ? text : "";
  }

  /// What was signed: the payload with its type, as DSSE encodes them before signing.
  byte[] signedBytes() {
    byte[] head =
        "DSSEv1 %d %s %d "
            .formatted(PAYLOAD_TYPE.length(), PAYLOAD_TYPE, payload.length)
            .getBytes(StandardCharsets.US_ASCII);
    byte[] all = Arrays.copyOf(head, head.length + payload.length);
    System.arraycopy(payload, 0, all, head.length, payload.length);
    return all;
  }
}
