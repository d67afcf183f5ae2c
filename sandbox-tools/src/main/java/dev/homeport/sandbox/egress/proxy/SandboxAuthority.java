package dev.homeport.sandbox.egress.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.homeport.sandbox.egress.Host;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// The certificate authority of one sandbox, which alone trusts it. Its key stays with the server.
/// Thread-safe.
final class SandboxAuthority {
  private static final String CERTIFICATE = "authority.pem";
  private static final String KEY = "authority.key";
  private static final String SIGNATURE = "SHA256withECDSA";
  private static final Duration LIFE = Duration.ofDays(3_650);
  private static final Duration LEAF_LIFE = Duration.ofDays(90);
  private static final Duration LEAF_USE = Duration.ofDays(30);

  /// Clocks differ, and a sandbox may have been asleep.
  private static final Duration BACK = Duration.ofDays(2);

  private final X509Certificate certificate;
  private final PrivateKey key;
  private final KeyPair leafKeys;
  private final Map<Host, Leaf> leaves = new ConcurrentHashMap<>();

  private record Leaf(SSLContext context, Instant made) {}

  private SandboxAuthority(X509Certificate certificate, PrivateKey key)
      throws GeneralSecurityException {
    this.certificate = certificate;
    this.key = key;
    this.leafKeys = keys();
  }

  /// The authority that is kept in a directory, made if there is none.
  static SandboxAuthority open(Path directory) throws IOException {
    Path file = directory.resolve(CERTIFICATE);
    try {
      if (!Files.exists(file)) {
        make(directory);
      }
      byte[] encoded = Files.readAllBytes(directory.resolve(KEY));
      PrivateKey key =
          KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
      try (InputStream input = Files.newInputStream(file)) {
        var factory = CertificateFactory.getInstance("X.509");
        return new SandboxAuthority((X509Certificate) factory.generateCertificate(input), key);
      }
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IOException("the authority of a sandbox cannot be made or read", e);
    }
  }

  /// The key first, so that there is one wherever there is a certificate.
  private static void make(Path directory)
      throws IOException, GeneralSecurityException, OperatorCreationException {
    KeyPair keys = keys();
    var name = new X500Principal("CN=Homeport sandbox " + serial().toString(36));
    var builder = builder(name, name, keys, LIFE);
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
    builder.addExtension(
        Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    builder.addExtension(
        Extension.subjectKeyIdentifier,
        false,
        new JcaX509ExtensionUtils().createSubjectKeyIdentifier(keys.getPublic()));
    X509Certificate made = sign(builder, keys.getPrivate());
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    Path key = Files.createTempFile(directory, KEY, ".draft", ownerOnly);
    Files.write(key, keys.getPrivate().getEncoded());
    Files.move(key, directory.resolve(KEY), StandardCopyOption.ATOMIC_MOVE);
    Path file = Files.createTempFile(directory, CERTIFICATE, ".draft", ownerOnly);
    Files.writeString(file, Authorities.pem(made), US_ASCII);
    Files.move(file, directory.resolve(CERTIFICATE), StandardCopyOption.ATOMIC_MOVE);
  }

  X509Certificate certificate() {
    return certificate;
  }

  /// A context that presents itself as a host.
  SSLContext contextFor(Host host) throws IOException {
    Leaf kept = leaves.get(host);
    if (kept != null && Instant.now().isBefore(kept.made().plus(LEAF_USE))) {
      return kept.context();
    }
    try {
      SSLContext context = context(leaf(host));
      leaves.put(host, new Leaf(context, Instant.now()));
      return context;
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IOException("no certificate could be made for " + host.name(), e);
    }
  }

  private X509Certificate leaf(Host host)
      throws IOException, GeneralSecurityException, OperatorCreationException {
    var builder =
        builder(
            certificate.getSubjectX500Principal(),
            new X500Principal("CN=Homeport"),
            leafKeys,
            LEAF_LIFE);
    int kind = host.address().isPresent() ? GeneralName.iPAddress : GeneralName.dNSName;
    var utilities = new JcaX509ExtensionUtils();
    builder.addExtension(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(new GeneralName(kind, host.name())));
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
    builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    builder.addExtension(
        Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
    builder.addExtension(
        Extension.authorityKeyIdentifier,
        false,
        utilities.createAuthorityKeyIdentifier(certificate.getPublicKey()));
    return sign(builder, key);
  }

  private SSLContext context(X509Certificate leaf) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    char[] password = new char[0];
    store.setKeyEntry(
        "leaf", leafKeys.getPrivate(), password, new X509Certificate[] {leaf, certificate});
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, password);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  private static JcaX509v3CertificateBuilder builder(
      X500Principal issuer, X500Principal subject, KeyPair keys, Duration life) {
    Instant now = Instant.now();
    return new JcaX509v3CertificateBuilder(
        issuer,
        serial(),
        Date.from(now.minus(BACK)),
        Date.from(now.plus(life)),
        subject,
        keys.getPublic());
  }

  private static X509Certificate sign(JcaX509v3CertificateBuilder builder, PrivateKey key)
      throws GeneralSecurityException, OperatorCreationException {
    return new JcaX509CertificateConverter()
        .getCertificate(builder.build(new JcaContentSignerBuilder(SIGNATURE).build(key)));
  }

  private static BigInteger serial() {
    return new BigInteger(127, new SecureRandom()).add(BigInteger.ONE);
  }

  private static KeyPair keys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }
}
