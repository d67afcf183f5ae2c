package dev.homeport.skills.signature;

import static dev.homeport.skills.signature.SigningFixture.trusting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.skills.Skill;
import dev.homeport.skills.SkillCatalog;
import dev.homeport.skills.SkillHost;
import dev.homeport.skills.SkillLocation;
import dev.homeport.skills.SkillsConfig;
import dev.homeport.skills.signature.SkillSignature.Change;
import dev.homeport.skills.signature.SkillSignature.Difference;
import dev.homeport.skills.signature.SkillSignature.Invalid;
import dev.homeport.skills.signature.SkillSignature.Unsigned;
import dev.homeport.skills.signature.SkillSignature.Unverifiable;
import dev.homeport.skills.signature.SkillSignature.Valid;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignatureVerifierTest {
  private static final String TEXT = "---\nname: tea\ndescription: Brews tea.\n---\nSteps.\n";

  @TempDir private static Path keys = Path.of("");
  private static SigningFixture signing;

  @TempDir private Path root = Path.of("");
  private Path skill = Path.of("");

  @BeforeAll
  static void makeKeys() throws IOException, InterruptedException, GeneralSecurityException {
    signing = SigningFixture.with(keys);
  }

  @BeforeEach
  void writeSkill() throws IOException {
    skill = Files.createDirectories(root.resolve("tea"));
    Files.writeString(skill.resolve("SKILL.md"), TEXT);
    Files.createDirectories(skill.resolve("references/deep"));
    Files.writeString(skill.resolve("references/deep/pots.md"), "Pots.\n");
  }

  @Test
  void tellsASkillWithoutSignatureFromOneThatATrustedAuthorityVouchesFor()
      throws IOException, GeneralSecurityException {
    TrustedSigners trusted = trusting(signing.certificate("root"));

    assertThat(verify(trusted)).isEqualTo(new Unsigned());

    signing.sign(skill, "author");

    assertThat(verify(trusted)).isEqualTo(new Valid("CN=author,O=Tea"));
    assertThat(verify(trusting(signing.certificate("author"))))
        .isEqualTo(new Valid("CN=author,O=Tea"));
  }

  @Test
  void namesTheFilesThatAreNotAsTheyWereSigned() throws IOException, GeneralSecurityException {
    Files.writeString(skill.resolve("gone.md"), "x");
    signing.sign(skill, "author");
    Files.delete(skill.resolve("gone.md"));
    Files.writeString(skill.resolve("references/deep/pots.md"), "Kettles.\n");
    Files.writeString(skill.resolve("extra.sh"), "echo");
    Files.createSymbolicLink(skill.resolve("way.md"), Path.of("SKILL.md"));
    Files.writeString(skill.resolve("new\nline"), "x");

    SkillSignature found = verify(trusting(signing.certificate("root")));

    assertThat(found).isInstanceOf(Invalid.class);
    assertThat(((Invalid) found).differences())
        .containsExactly(
            new Difference(Change.HIDING, "./"),
            new Difference(Change.ADDED, "extra.sh"),
            new Difference(Change.MISSING, "gone.md"),
            new Difference(Change.CHANGED, "references/deep/pots.md"),
            new Difference(Change.ADDED, "way.md"));
    assertThat(found.text()).startsWith("INVALID: ").contains("gone.md is missing");
  }

  @Test
  void leavesOutWhatNoSignatureCovers() throws IOException, GeneralSecurityException {
    signing.sign(skill, "author");
    Files.createDirectories(skill.resolve("cache/a"));
    Files.writeString(skill.resolve("cache/a/b"), "x");
    Files.writeString(skill.resolve(".gitignore"), "x");

    assertThat(verify(trusting(signing.certificate("root")))).isInstanceOf(Valid.class);

    Files.createDirectories(skill.resolve("references/cache"));
    Files.writeString(skill.resolve("references/cache/b"), "x");

    assertThat(verify(trusting(signing.certificate("root")))).isInstanceOf(Invalid.class);
  }

  @Test
  void trustsNobodyUnasked() throws IOException, GeneralSecurityException {
    signing.sign(skill, "impostor");

    assertThat(verify(TrustedSigners.NONE).text()).contains("skills.trusted-signers");
    assertThat(verify(trusting(signing.certificate("root"))))
        .isInstanceOfSatisfying(
            Unverifiable.class,
            unverifiable ->
                assertThat(unverifiable.reason())
                    .contains("no trusted certificate vouches")
                    .doesNotContain("impostor"));
  }

  @Test
  void holdsCertificatesToTheirDatesAndUses() throws IOException, GeneralSecurityException {
    TrustedSigners trusted = trusting(signing.certificate("root"));
    signing.sign(skill, "author");
    Instant later = Instant.now().plus(Duration.ofDays(4_000));

    assertThat(verify(trusted, () -> later).text()).contains("its certificate counts from");

    signing.sign(skill, "server");

    assertThat(verify(trusted).text()).contains("not for signing");
  }

  @Test
  void refusesASignatureThatIsNotByItsCertificate() throws IOException, GeneralSecurityException {
    String honest = signing.certified("author", SigningFixture.statement(skill, "files"));
    String other = signing.certified("author", "{}");
    String signature = honest.replaceAll(".*\"sig\":\"([^\"]+)\".*", "$1");
    SigningFixture.write(
        skill, other.replaceAll("\"sig\":\"[^\"]+\"", "\"sig\":\"" + signature + "\""));

    assertThat(verify(trusting(signing.certificate("root"))))
        .isEqualTo(new Invalid("the signature is not by its certificate", List.of()));
  }

  @Test
  void verifiesSignaturesByKeysOfAllThreeCurves() throws IOException, GeneralSecurityException {
    for (String curve : List.of("secp256r1 256", "secp384r1 384", "secp521r1 512")) {
      String name = curve.substring(0, 9);
      KeyPair pair = SigningFixture.keyPair(name);
      Path file = signing.publicKey(name, pair.getPublic());
      String algorithm = "SHA" + curve.substring(10) + "withECDSA";
      SigningFixture.sign(skill, pair, algorithm);

      assertThat(verify(trusting(file))).isEqualTo(new Valid("the key " + name + ".pem"));
      assertThat(verify(trusting(signing.certificate("root"))).text())
          .contains("a key that is not trusted");

      String bundle = Files.readString(skill.resolve(SkillSignature.FILE));
      SigningFixture.write(skill, bundle.replace("\"sig\":\"M", "\"sig\":\"N"));
      assertThat(verify(trusting(file))).isInstanceOf(Invalid.class);
    }
  }

  @Test
  void saysWhatItCannotVerify() throws IOException, GeneralSecurityException {
    TrustedSigners trusted = trusting(signing.certificate("root"));
    SigningFixture.write(skill, "no bundle");
    assertThat(verify(trusted).text()).isEqualTo("INVALID: the signature is no Sigstore bundle");

    SigningFixture.write(
        skill, signing.certified("author", SigningFixture.statement(skill, "shards")));
    assertThat(verify(trusted)).isEqualTo(new Unverifiable("files are signed in pieces"));

    SigningFixture.write(skill, signing.certified("author", "{\"_type\":\"other\"}"));
    assertThat(verify(trusted)).isInstanceOf(Unverifiable.class);

    SigningFixture.write(
        skill,
        signing
            .certified("author", SigningFixture.statement(skill, "files"))
            .replaceAll(
                "\\{\"x509CertificateChain.*\"tlogEntries\":\\[\\]}",
                "{\"certificate\":{\"rawBytes\":\"AAAA\"},\"tlogEntries\":[{}]}"));
    assertThat(verify(trusted).text()).contains("keyless");
  }

  @Test
  void doesNotVouchForWhatIsServedInPlaceOfABrokenEdit()
      throws IOException, InterruptedException, GeneralSecurityException {
    try (SkillCatalog catalog = catalog()) {
      Skill before = catalog.snapshot().find("tea").orElseThrow();
      Files.writeString(skill.resolve("SKILL.md"), "---\nname: tea\ndescription: D.\n---\nB\n");
      signing.sign(skill, "author");
      var verifier =
          new SignatureVerifier(trusting(signing.certificate("root")), InstantSource.system());

      assertThat(verifier.verify(before).text()).contains("another version is served");
      assertThat(verifier.verify(catalog.snapshot().find("tea").orElseThrow()))
          .isInstanceOf(Valid.class);
    }
  }

  @Test
  void tellsWhichTrustedFilesAreOfNoUse() throws IOException {
    Path text = Files.writeString(keys.resolve("notes.txt"), "no key");
    Path broken =
        Files.writeString(
            keys.resolve("broken.pem"),
            "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----");

    TrustedSigners read = TrustedSigners.read(List.of(text, broken, keys.resolve("missing")));

    assertThat(read.isEmpty()).isTrue();
    assertThat(read.problems())
        .hasSize(3)
        .anyMatch(problem -> problem.contains("neither a certificate nor"))
        .anyMatch(problem -> problem.contains("is no X.509"))
        .anyMatch(problem -> problem.contains("cannot be read"));
  }

  /// The bundle and the root are those that NVIDIA publishes; the files of the skill are not here.
  @Test
  void readsTheBundlesThatNvidiaPublishes() throws IOException {
    Path certificate = keys.resolve("nvidia.pem");
    copy("nv-agent-root-cert.pem", certificate);
    copy("nvidia-skill-finder.oms.sig", skill.resolve(SkillSignature.FILE));
    Files.delete(skill.resolve("references/deep/pots.md"));

    SkillSignature found =
        verify(trusting(certificate), () -> Instant.parse("2026-11-01T00:00:00Z"));

    assertThat(found).isInstanceOf(Invalid.class);
    assertThat(((Invalid) found).differences())
        .containsExactly(
            new Difference(Change.MISSING, "BENCHMARK.md"),
            new Difference(Change.CHANGED, "SKILL.md"),
            new Difference(Change.MISSING, "agents/openai.yaml"),
            new Difference(Change.MISSING, "evals/evals.json"),
            new Difference(Change.MISSING, "references/taxonomy-routing.md"),
            new Difference(Change.MISSING, "skill-card.md"));
  }

  private static void copy(String resource, Path file) throws IOException {
    try (InputStream in = SignatureVerifierTest.class.getResourceAsStream(resource)) {
      Files.copy(java.util.Objects.requireNonNull(in), file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private SkillSignature verify(TrustedSigners trusted) throws IOException {
    return verify(trusted, InstantSource.system());
  }

  private SkillSignature verify(TrustedSigners trusted, InstantSource clock) throws IOException {
    var location =
        new SkillLocation(
            root(),
            new WorkspacePath(List.of("tea")),
            new WorkspacePath(List.of("tea", "SKILL.md")));
    return new SignatureVerifier(trusted, clock).verify(location);
  }

  private SkillsConfig.Root root() {
    return SkillsConfig.Root.directory(SkillsConfig.Scope.EXTRA, root);
  }

  private SkillCatalog catalog() {
    return SkillCatalog.open(
        new SkillsConfig(List.of(root()), 100), new SkillHost("linux", Map.of()));
  }
}
