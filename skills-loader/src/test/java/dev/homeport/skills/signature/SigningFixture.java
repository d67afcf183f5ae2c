package dev.homeport.skills.signature;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.workspace.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Signs directories as OpenSSF Model Signing says, with keys and certificates of its own.
final class SigningFixture {
  private static final char[] PASSWORD = "changeit".toCharArray();

  private final Path directory;
  private final KeyStore store;

  private SigningFixture(Path directory, KeyStore store) {
    this.directory = directory;
    this.store = store;
  }

  /// Two authorities, `root` and `stranger`, and the signers `author` and `impostor` that they
  /// vouch for; `server` may not sign.
  static SigningFixture with(Path directory)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path file = directory.resolve("keys.p12");
    authority(file, "root");
    authority(file, "stranger");
    signer(file, "author", "root", "digitalSignature");
    signer(file, "impostor", "stranger", "digitalSignature");
    signer(file, "server", "root", "keyAgreement");
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    return new SigningFixture(directory, store);
  }

  private static void authority(Path store, String name) throws IOException, InterruptedException {
    keytool(store, name, "-groupname", "secp384r1", "-ext", "bc:c", "-ext", "ku:c=keyCertSign");
  }

  private static void signer(Path store, String name, String authority, String usage)
      throws IOException, InterruptedException {
    keytool(store, name, "-groupname", "secp256r1", "-signer", authority, "-ext", "ku:c=" + usage);
  }

  private static void keytool(Path store, String name, String... more)
      throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    Collections.addAll(command, "-genkeypair", "-keyalg", "EC", "-alias", name);
    Collections.addAll(command, "-dname", "CN=" + name + ", O=Tea", "-validity", "3650");
    Collections.addAll(command, "-keystore", store.toString(), "-storepass", "changeit");
    Collections.addAll(command, more);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
  }

  /// A file with a certificate.
  Path certificate(String name) throws IOException, GeneralSecurityException {
    return pem(name, "CERTIFICATE", store.getCertificate(name).getEncoded());
  }

  /// A file with the public key of a pair.
  Path publicKey(String name, PublicKey key) throws IOException {
    return pem(name, "PUBLIC KEY", key.getEncoded());
  }

  private Path pem(String name, String kind, byte[] content) throws IOException {
    return Files.writeString(directory.resolve(name + ".pem"), pem(kind, content));
  }

  private static String pem(String kind, byte[] content) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(
            kind, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content), kind);
  }

  static KeyPair keyPair(String curve) throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec(curve));
    return generator.generateKeyPair();
  }

  /// Signs all files of a skill with a certificate.
  void sign(Path skill, String signer) throws IOException, GeneralSecurityException {
    write(skill, certified(signer, statement(skill, "files")));
  }

  /// A bundle over a statement, signed with a certificate.
  String certified(String signer, String statement) throws GeneralSecurityException {
    Certificate[] chain = store.getCertificateChain(signer);
    var encoded = new ArrayList<String>();
    for (Certificate certificate : chain) {
      encoded.add("{\"rawBytes\":\"%s\"}".formatted(base64(certificate.getEncoded())));
    }
    String material =
        "{\"x509CertificateChain\":{\"certificates\":[%s]},\"tlogEntries\":[]}"
            .formatted(String.join(",", encoded));
    var key = (PrivateKey) store.getKey(signer, PASSWORD);
    return bundle(material, statement, key, "SHA256withECDSA");
  }

  /// Signs all files of a skill with a key.
  static void sign(Path skill, KeyPair pair, String algorithm)
      throws IOException, GeneralSecurityException {
    String hint = Sha256.hex(pem("PUBLIC KEY", pair.getPublic().getEncoded()).getBytes(US_ASCII));
    String material = "{\"publicKey\":{\"hint\":\"%s\"}}".formatted(hint);
    write(skill, bundle(material, statement(skill, "files"), pair.getPrivate(), algorithm));
  }

  static void write(Path skill, String bundle) throws IOException {
    Files.writeString(skill.resolve(SkillSignature.FILE), bundle);
  }

  private static String bundle(String material, String statement, PrivateKey key, String algorithm)
      throws GeneralSecurityException {
    byte[] payload = statement.getBytes(UTF_8);
    var signed = new ByteArrayOutputStream();
    signed.writeBytes(
        "DSSEv1 28 application/vnd.in-toto+json %d ".formatted(payload.length).getBytes(US_ASCII));
    signed.writeBytes(payload);
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(key);
    signature.update(signed.toByteArray());
    return """
    {"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json","verificationMaterial":%s,\
    "dsseEnvelope":{"payload":"%s","payloadType":"application/vnd.in-toto+json",\
    "signatures":[{"sig":"%s","keyid":""}]}}\
    """
        .formatted(material, base64(payload), base64(signature.sign()));
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /// What is signed about a directory: every file with its digest, and a digest of the digests.
  static String statement(Path skill, String method) throws IOException {
    var digests = new TreeMap<String, String>();
    try (Stream<Path> files = Files.walk(skill)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        digests.put(skill.relativize(file).toString(), Sha256.hex(Files.readAllBytes(file)));
      }
    }
    digests.keySet().removeAll(List.of(SkillSignature.FILE, ".gitignore"));
    var whole = new ByteArrayOutputStream();
    digests.values().forEach(digest -> whole.writeBytes(HexFormat.of().parseHex(digest)));
    String resources =
        digests.entrySet().stream()
            .map(entry ->
                "{\"name\":\"%s\",\"digest\":\"%s\",\"algorithm\":\"sha256\"}"
                    .formatted(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining(","));
    return """
    {"_type":"https://in-toto.io/Statement/v1","subject":[{"name":"tea","digest":\
    {"sha256":"%s"}}],"predicateType":"https://model_signing/signature/v1.0","predicate":\
    {"resources":[%s],"serialization":{"method":"%s","hash_type":"sha256",\
    "allow_symlinks":false,"ignore_paths":[".git",".gitignore","cache"]}}}\
    """
        .formatted(Sha256.hex(whole.toByteArray()), resources, method);
  }

  /// Those who are trusted by these files.
  static TrustedSigners trusting(Path... files) {
    TrustedSigners trusted = TrustedSigners.read(Arrays.asList(files));
    assertThat(trusted.problems()).isEmpty();
    return trusted;
  }
}
