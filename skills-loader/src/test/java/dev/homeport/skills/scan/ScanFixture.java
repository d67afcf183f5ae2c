package dev.homeport.skills.scan;

import dev.homeport.skills.SkillCatalog;
import dev.homeport.skills.SkillHost;
import dev.homeport.skills.SkillsConfig;
import dev.homeport.skills.signature.SignatureVerifier;
import dev.homeport.skills.signature.TrustedSigners;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// A directory with one skill, and what a scan of it finds.
final class ScanFixture {
  private static final SecretDetector NO_SECRETS = _ -> List.of();

  final Path root;
  final Path skill;

  ScanFixture(Path temporary) throws IOException {
    this.root = temporary.resolve("skills");
    this.skill = Files.createDirectories(root.resolve("tea"));
    body("Steps.");
  }

  /// Writes the skill's `SKILL.md`; the body begins on line 5.
  void body(String body) throws IOException {
    Files.writeString(
        skill.resolve("SKILL.md"), "---\nname: tea\ndescription: Brews.\n---\n" + body + "\n");
  }

  void file(String path, String text) throws IOException {
    bytes(path, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  void bytes(String path, byte[] bytes) throws IOException {
    Path file = skill.resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  ScanReport scan() throws IOException, InterruptedException {
    return scan(NO_SECRETS);
  }

  ScanReport scan(SecretDetector secrets) throws IOException, InterruptedException {
    var root = SkillsConfig.Root.directory(SkillsConfig.Scope.EXTRA, this.root);
    try (var catalog =
        SkillCatalog.open(
            new SkillsConfig(List.of(root), 1_000), new SkillHost("linux", Map.of()))) {
      return SkillScan.of(
          catalog, secrets, new SignatureVerifier(TrustedSigners.NONE, InstantSource.system()));
    }
  }

  /// What is found, as `rule place:line`.
  List<String> found() throws IOException, InterruptedException {
    return scan().findings().stream()
        .map(finding ->
            finding.rule().id()
                + " "
                + finding.place().substring("skills/tea/".length())
                + (finding.line() == 0 ? "" : ":" + finding.line()))
        .toList();
  }
}
