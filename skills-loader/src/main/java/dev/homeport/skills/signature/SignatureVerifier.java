package dev.homeport.skills.signature;

import dev.homeport.skills.Skill;
import dev.homeport.skills.SkillLocation;
import dev.homeport.skills.signature.SignatureBundle.Material;
import dev.homeport.skills.signature.SkillSignature.Invalid;
import dev.homeport.skills.signature.SkillSignature.Unsigned;
import dev.homeport.skills.signature.SkillSignature.Unverifiable;
import dev.homeport.skills.signature.SkillSignature.Valid;
import dev.homeport.skills.signature.TrustedSigners.NamedKey;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspaceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Verifies the signatures of skills against those whom the user trusts. Thread-safe.
///
/// A signature by a key or by a certificate is verified as OpenSSF Model Signing 1.0 says, and all
/// files of the skill are compared with what was signed. Not verified are signatures without a key
/// of their own (Sigstore's keyless ones), and no authority is asked whether it revoked a
/// certificate: both need the network. What names an unknown signer is never shown, since anybody
/// can write anything there.
public final class SignatureVerifier {
  private static final int MOST_BYTES = 4 << 20;
  private static final Unverifiable NOBODY =
      new Unverifiable("nobody is trusted; name certificates or keys in skills.trusted-signers");

  private final TrustedSigners trusted;
  private final CertificateTrust certificates;

  /// @param trusted whose signatures count
  /// @param clock by which certificates are valid or not
  public SignatureVerifier(TrustedSigners trusted, InstantSource clock) {
    this.trusted = trusted;
    this.certificates = new CertificateTrust(trusted.certificates(), clock);
  }

  /// Whether no signature at all can be valid.
  public boolean trustsNobody() {
    return trusted.isEmpty();
  }

  /// Verifies a skill: the files on disk, and that what is served of it is what stands there.
  public SkillSignature verify(Skill skill) throws IOException {
    return verify(skill.location(), Optional.of(skill.sha256()));
  }

  /// Verifies the files of a directory, whether a skill can be read from it or not.
  public SkillSignature verify(SkillLocation location) throws IOException {
    return verify(location, Optional.empty());
  }

  private SkillSignature verify(SkillLocation location, Optional<String> served)
      throws IOException {
    Workspace workspace = Workspace.open(location.root().base());
    try {
      Optional<byte[]> file =
          workspace.readIfPresent(location.directory().child(SkillSignature.FILE), MOST_BYTES);
      return file.isEmpty() ? new Unsigned() : verify(location, workspace, file.get(), served);
    } catch (WorkspaceException refused) {
      return new Unverifiable("its files cannot be read: " + refused.getMessage());
    }
  }

  private SkillSignature verify(
      SkillLocation location, Workspace workspace, byte[] file, Optional<String> served)
      throws IOException {
    Optional<SignatureBundle> bundle =
        SignatureBundle.parse(new String(file, StandardCharsets.UTF_8));
    if (bundle.isEmpty()) {
      return new Invalid("the signature is no Sigstore bundle", List.of());
    }
    SkillSignature signer = signer(bundle.get());
    if (!(signer instanceof Valid)) {
      return signer;
    }
    return switch (SignedStatement.parse(bundle.get().payload())) {
      case SignedStatement.Outcome.Foreign(var reason) -> new Unverifiable(reason);
      case SignedStatement.Outcome.Read(var statement) ->
          SignedFiles.compare(location, workspace, statement)
              .map(differences ->
                  differences.isEmpty()
                      ? served(location, statement, served).orElse(signer)
                      : new Invalid("not the files that were signed", differences))
              .orElse(new Unverifiable("it has too many files"));
    };
  }

  /// An edit that broke a skill leaves its last good version in service.
  private static Optional<SkillSignature> served(
      SkillLocation location, SignedStatement statement, Optional<String> served) {
    String signed = statement.digests().get(location.file().name());
    return served.isEmpty() || served.get().equals(signed)
        ? Optional.empty()
        : Optional.of(new Invalid("another version is served than was signed", List.of()));
  }

  /// Who signed the statement, whatever it says: [Valid] if the user trusts them.
  private SkillSignature signer(SignatureBundle bundle) {
    return switch (bundle.material()) {
      case Material.Keyless _ ->
          new Unverifiable("keyless Sigstore signatures are not verified by Homeport");
      case Material.Chain chain -> certificate(bundle, chain);
      case Material.Key(var hint) -> key(bundle, hint);
    };
  }

  private SkillSignature certificate(SignatureBundle bundle, Material.Chain chain) {
    if (!(chain.signer().getPublicKey() instanceof ECPublicKey key) || algorithm(key).isEmpty()) {
      return new Unverifiable("it is by a key that is none of the curves P-256, P-384 and P-521");
    }
    if (!isSignedBy(key, bundle)) {
      return new Invalid("the signature is not by its certificate", List.of());
    }
    return trusted.isEmpty() ? NOBODY : certificates.check(chain);
  }

  private SkillSignature key(SignatureBundle bundle, String hint) {
    for (NamedKey key : trusted.keys()) {
      if (isSignedBy(key.key(), bundle)) {
        return new Valid("the key " + key.name());
      }
    }
    if (trusted.keys().stream().anyMatch(key -> key.hint().equals(hint))) {
      return new Invalid("the signature is not by its key", List.of());
    }
    return trusted.isEmpty() ? NOBODY : new Unverifiable("it is by a key that is not trusted");
  }

  private static boolean isSignedBy(ECPublicKey key, SignatureBundle bundle) {
    Optional<String> algorithm = algorithm(key);
    return algorithm.isPresent() && isSignedBy(key, algorithm.get(), bundle);
  }

  private static boolean isSignedBy(PublicKey key, String algorithm, SignatureBundle bundle) {
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initVerify(key);
      signature.update(bundle.signedBytes());
      return signature.verify(bundle.signature());
    } catch (SignatureException | InvalidKeyException notOne) {
      return false;
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every JDK has " + algorithm, missing);
    }
  }

  /// The curve decides about the digest.
  private static Optional<String> algorithm(ECPublicKey key) {
    return switch (key.getParams().getCurve().getField().getFieldSize()) {
      case 256 -> Optional.of("SHA256withECDSA");
      case 384 -> Optional.of("SHA384withECDSA");
      case 521 -> Optional.of("SHA512withECDSA");
      default -> Optional.empty();
    };
  }
}
