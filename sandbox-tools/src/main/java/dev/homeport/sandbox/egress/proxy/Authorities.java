package dev.homeport.sandbox.egress.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/// The certificates of authorities: whom the proxy trusts, and whom programs in a sandbox do.
final class Authorities {
  private static final List<Path> OF_HOST =
      List.of(
          Path.of("/etc/ssl/certs/ca-certificates.crt"),
          Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
          Path.of("/etc/ssl/cert.pem"));

  private Authorities() {}

  /// A context that trusts the authorities of the JDK and those of some PEM files.
  static SSLContext trusting(List<Path> files) throws IOException {
    try {
      var all = new ArrayList<Certificate>(ofJdk());
      for (Path file : files) {
        all.addAll(read(file));
      }
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (Certificate certificate : all) {
        store.setCertificateEntry("authority-" + store.size(), certificate);
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers(store), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("the trusted authorities cannot be used", e);
    }
  }

  private static List<X509Certificate> ofJdk() throws GeneralSecurityException {
    for (TrustManager manager : managers(null)) {
      if (manager instanceof X509TrustManager certificates) {
        return List.of(certificates.getAcceptedIssuers());
      }
    }
    return List.of();
  }

  private static TrustManager[] managers(@Nullable KeyStore store) throws GeneralSecurityException {
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static Collection<? extends Certificate> read(Path file)
      throws IOException, GeneralSecurityException {
    try (InputStream input = Files.newInputStream(file)) {
      return CertificateFactory.getInstance("X.509").generateCertificates(input);
    }
  }

  /// All authorities that programs in a sandbox trust, as PEM: those of this machine, else of the
  /// JDK; those of the files; and the sandbox's own.
  static byte[] bundle(List<Path> files, X509Certificate own) throws IOException {
    var text = new ByteArrayOutputStream();
    text.writeBytes(pem(own).getBytes(US_ASCII));
    for (Path file : files) {
      text.writeBytes(Files.readAllBytes(file));
      text.write('\n');
    }
    Optional<Path> host = OF_HOST.stream().filter(Files::isReadable).findFirst();
    if (host.isPresent()) {
      text.writeBytes(Files.readAllBytes(host.get()));
      return text.toByteArray();
    }
    try {
      for (X509Certificate certificate : ofJdk()) {
        text.writeBytes(pem(certificate).getBytes(US_ASCII));
      }
    } catch (GeneralSecurityException e) {
      throw new IOException("the authorities of the JDK cannot be read", e);
    }
    return text.toByteArray();
  }

  static String pem(X509Certificate certificate) throws IOException {
    try {
      String body =
          Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
      return "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
    } catch (CertificateEncodingException e) {
      throw new IOException("a certificate cannot be written", e);
    }
  }
}
