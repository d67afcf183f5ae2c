package dev.homeport.skills.scan;

import dev.homeport.skills.Skill;
import dev.homeport.skills.SkillCatalog;
import dev.homeport.skills.SkillLocation;
import dev.homeport.skills.SkillSnapshot;
import dev.homeport.skills.report.SkillFinding;
import dev.homeport.skills.signature.SignatureVerifier;
import dev.homeport.workspace.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Looks at all files of all skills of a catalog for what endangers those who use them.
///
/// Nothing is run, unpacked or followed. What is found is a reason to look, not a verdict; what is
/// not found may be there all the same.
public final class SkillScan {
  private static final Set<String> HIDDEN_BY_HABIT =
      Set.of(
          ".gitignore",
          ".gitattributes",
          ".gitkeep",
          ".editorconfig",
          ".env.example",
          ".npmignore",
          ".prettierrc",
          ".markdownlint.json",
          ".keep");

  private final SecretDetector secrets;
  private final List<SkillFinding> findings = new ArrayList<>();
  private final Map<String, String> digests = new HashMap<>();
  private final Set<String> seen = new HashSet<>();

  private SkillScan(SecretDetector secrets) {
    this.secrets = secrets;
  }

  /// Everything that is found in one skill, except what its signature gives to find fault with.
  static ScanReport of(Skill skill, SecretDetector secrets) throws IOException {
    var scan = new SkillScan(secrets);
    scan.skill(skill.location());
    scan.hooks(skill);
    return new ScanReport(scan.findings, scan.digests, 1, scan.seen.size());
  }

  /// Everything that is found, also in skills that are shadowed or cannot be read.
  public static ScanReport of(
      SkillCatalog catalog, SecretDetector secrets, SignatureVerifier signatures)
      throws IOException, InterruptedException {
    var scan = new SkillScan(secrets);
    SkillSnapshot snapshot = catalog.snapshot();
    for (SkillLocation location : snapshot.files()) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      scan.skill(location);
      scan.findings.addAll(SignatureHits.of(location, signatures.verify(location)));
    }
    snapshot.loaded().forEach(scan::hooks);
    return new ScanReport(scan.findings, scan.digests, snapshot.files().size(), scan.seen.size());
  }

  private void hooks(Skill skill) {
    if (skill.frontmatter().containsKey("hooks")) {
      add(
          skill.location().shownFile(),
          new ScanHit(
              ScanRule.RUNS_ON_LOAD, 0, "declares hooks, which some clients run by themselves"));
    }
  }

  private void skill(SkillLocation location) throws IOException {
    SkillInventory.of(location)
        .visit(
            new SkillInventory.Visitor() {
              @Override
              public void file(String place, String name, byte[] bytes) {
                if (seen.add(place)) {
                  digests.put(place, Sha256.hex(bytes));
                  contents(name, bytes).forEach(hit -> add(place, hit));
                }
              }

              @Override
              public void odd(String place, ScanHit hit, String digest) {
                if (seen.add(place)) {
                  digests.put(place, digest);
                  add(place, hit);
                }
              }
            });
  }

  private void add(String place, ScanHit hit) {
    findings.add(new SkillFinding(hit.rule(), place, hit.line(), hit.message()));
  }

  private List<ScanHit> contents(String name, byte[] bytes) {
    var hits = new ArrayList<ScanHit>();
    switch (FileKind.of(bytes, name)) {
      case TEXT -> hits.addAll(TextScan.of(name, text(bytes), secrets));
      case PROGRAM -> {
        boolean isDisguised = FileKind.looksHarmless(name);
        hits.add(
            new ScanHit(
                isDisguised ? ScanRule.DISGUISED : ScanRule.PROGRAM,
                0,
                isDisguised
                    ? "is a program by its content, whatever its name says"
                    : "is compiled code, which nobody can read"));
      }
      case ARCHIVE -> hits.add(archive(name, bytes));
      case BINARY -> hits.add(new ScanHit(ScanRule.BINARY, 0, "is neither text nor a known kind"));
      case MEDIA -> {}
    }
    if (name.startsWith(".") && !HIDDEN_BY_HABIT.contains(name)) {
      hits.add(new ScanHit(ScanRule.HIDDEN_FILE, 0, "is hidden from listings"));
    }
    return hits;
  }

  private static ScanHit archive(String name, byte[] bytes) {
    var names = ArchiveNames.of(bytes);
    if (names.isEmpty()) {
      boolean isDisguised = FileKind.looksHarmless(name);
      return new ScanHit(
          isDisguised ? ScanRule.DISGUISED : ScanRule.ARCHIVE,
          0,
          isDisguised
              ? "is an archive by its content, whatever its name says"
              : "is an archive that could not be looked into");
    }
    return names
        .get()
        .escape()
        .map(entry ->
            new ScanHit(
                ScanRule.ARCHIVE_ESCAPE, 0, "its entry '" + entry + "' leads out of the directory"))
        .orElseGet(() ->
            new ScanHit(
                ScanRule.ARCHIVE,
                0,
                "holds %d files that were not looked at; unpack them"
                    .formatted(names.get().files())));
  }

  private static String text(byte[] bytes) {
    boolean isUtf16 =
        bytes.length > 1
            && ((bytes[0] & 0xFF) ^ (bytes[1] & 0xFF)) == 1
            && (bytes[0] & 0xFE) == 0xFE;
    if (isUtf16) {
      return new String(bytes, StandardCharsets.UTF_16);
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException foreign) {
      return new String(bytes, Charset.forName("windows-1252"));
    }
  }
}
