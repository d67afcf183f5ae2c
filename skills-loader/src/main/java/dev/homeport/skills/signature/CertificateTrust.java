package dev.homeport.skills.signature;

import dev.homeport.skills.signature.SignatureBundle.Material;
import dev.homeport.skills.signature.SkillSignature.Unverifiable;
import dev.homeport.skills.signature.SkillSignature.Valid;
import dev.homeport.workspace.Sha256;
import java.security.InvalidAlgorithmParameterException;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertStore;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Tells whether trusted certificates vouch for a signer's. Thread-safe.
///
/// Whether one was revoked is not asked.
final class CertificateTrust {
  private static final String CODE_SIGNING = "1.3.6.1.5.5.7.3.3";

  private final List<X509Certificate> trusted;
  private final InstantSource clock;

  CertificateTrust(List<X509Certificate> trusted, InstantSource clock) {
    this.trusted = trusted;
    this.clock = clock;
  }

  /// Whether the first certificate of a chain may sign, now, and is trusted or issued by somebody
  /// who is.
  SkillSignature check(Material.Chain chain) {
    X509Certificate signer = chain.signer();
    var now = Date.from(clock.instant());
    try {
      signer.checkValidity(now);
    } catch (CertificateException expired) {
      return new Unverifiable(
          "its certificate counts from %tF to %tF only"
              .formatted(signer.getNotBefore(), signer.getNotAfter()));
    }
    if (!maySign(signer)) {
      return new Unverifiable("its certificate is not for signing");
    }
    if (!trusted.contains(signer) && !isVouchedFor(chain, now)) {
      return new Unverifiable(
          "no trusted certificate vouches for its signer (SHA-256 %s)"
              .formatted(fingerprint(signer)));
    }
    return new Valid(signer.getSubjectX500Principal().getName());
  }

  private boolean isVouchedFor(Material.Chain chain, Date now) {
    if (trusted.isEmpty()) {
      return false;
    }
    var target = new X509CertSelector();
    target.setCertificate(chain.signer());
    Set<TrustAnchor> anchors =
        trusted.stream()
            .map(certificate -> new TrustAnchor(certificate, null))
            .collect(Collectors.toSet());
    try {
      var parameters = new PKIXBuilderParameters(anchors, target);
      parameters.addCertStore(
          CertStore.getInstance(
              "Collection", new CollectionCertStoreParameters(chain.certificates())));
      parameters.setRevocationEnabled(false);
      parameters.setDate(now);
      CertPathBuilder.getInstance("PKIX").build(parameters);
      return true;
    } catch (CertPathBuilderException nobody) {
      return false;
    } catch (NoSuchAlgorithmException | InvalidAlgorithmParameterException impossible) {
      throw new IllegalStateException("every JDK has PKIX", impossible);
    }
  }

  private static boolean maySign(X509Certificate certificate) {
    boolean[] usage = certificate.getKeyUsage();
    if (usage == null || usage[0]) {
      return true;
    }
    try {
      List<String> extended = certificate.getExtendedKeyUsage();
      return extended != null && extended.contains(CODE_SIGNING);
    } catch (CertificateParsingException broken) {
      return false;
    }
  }

  private static String fingerprint(X509Certificate certificate) {
    try {
      return Sha256.hex(certificate.getEncoded());
    } catch (CertificateEncodingException impossible) {
      throw new IllegalStateException("it was decoded from these bytes", impossible);
    }
  }
}
