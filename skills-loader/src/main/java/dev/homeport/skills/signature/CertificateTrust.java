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
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Tells whether trusted certificates vouch for a signer's. Thread-safe.
///
/// Whether one was revoked is not asked.
final class CertificateTrust {
  private static final Duration KEPT = Duration.ofMinutes(10);
  private static final String CODE_SIGNING = "1.3.6.1.5.5.7.3.3";

  /// Certificates for which there was a path to a trusted one.
  private record Vouched(Material.Chain chain, Instant at) {
    boolean holds(Material.Chain other, Instant now) {
      return chain.equals(other) && Duration.between(at, now).abs().compareTo(KEPT) < 0;
    }
  }

  private final List<X509Certificate> trusted;
  private final InstantSource clock;
  private volatile @Nullable Vouched last;

  CertificateTrust(List<X509Certificate> trusted, InstantSource clock) {
    this.trusted = trusted;
    this.clock = clock;
  }

  /// Whether the first certificate of a chain may sign, now, and is trusted or issued by somebody
  /// who is.
  SkillSignature check(Material.Chain chain) {
    X509Certificate signer = chain.signer();
    Instant now = clock.instant();
    try {
      signer.checkValidity(Date.from(now));
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

  /// Skills of one author have the same certificates, and to check them takes most of the time.
  private boolean isVouchedFor(Material.Chain chain, Instant now) {
    Vouched known = last;
    if (known != null && known.holds(chain, now)) {
      return true;
    }
    boolean isVouchedFor = !trusted.isEmpty() && hasPath(chain, now);
    if (isVouchedFor) {
      last = new Vouched(chain, now);
    }
    return isVouchedFor;
  }

  private boolean hasPath(Material.Chain chain, Instant now) {
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
      parameters.setDate(Date.from(now));
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
