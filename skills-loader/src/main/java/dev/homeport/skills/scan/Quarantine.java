package dev.homeport.skills.scan;

import dev.homeport.skills.Skill;
import dev.homeport.skills.SkillLocation;
import dev.homeport.skills.SkillReview;
import dev.homeport.skills.report.Severity;
import dev.homeport.skills.report.SkillFinding;
import dev.homeport.skills.signature.SignatureVerifier;
import dev.homeport.skills.signature.SkillSignature;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Withholds skills that a scan finds fault with until a person has looked at them, and tells whose
/// signature a skill has. Thread-safe.
///
/// A skill is scanned when it is first asked for, and again only when its files have changed: what
/// a scan found is kept by the content of the files. So nothing is scanned when a server starts.
public final class Quarantine implements SkillReview {
  /// For so long the files of a skill are not looked at again.
  private static final Duration FRESH = Duration.ofSeconds(1);

  /// For so long a signature is taken for valid without a look at the clock.
  private static final Duration VERIFIED = Duration.ofHours(1);

  private static final int SHOWN = 3;

  /// From which severity on findings keep a skill from being served.
  public enum Policy {
    /// All are served.
    OFF,
    /// Those with findings of high severity are not.
    HIGH,
    /// Those with findings of medium severity are not either.
    MEDIUM;

    private boolean withholds(SkillFinding finding) {
      return switch (this) {
        case OFF -> false;
        case HIGH -> finding.rule().severity() == Severity.ERROR;
        case MEDIUM -> finding.rule().severity() != Severity.NOTE;
      };
    }
  }

  /// What was seen when a skill was last looked at.
  ///
  /// @param stamp sizes and times of its files
  /// @param sha256 the digest of what is served as its `SKILL.md`
  /// @param madeAt when the files were last read
  /// @param checkedAt when the stamp was last compared
  private record Looked(
      String stamp,
      String sha256,
      ScanReport report,
      SkillSignature signature,
      long madeAt,
      long checkedAt) {
    boolean isFresh(Skill skill, long now) {
      return sha256.equals(skill.sha256()) && now - checkedAt < FRESH.toNanos();
    }

    boolean holds(Skill skill, String stampNow, long now) {
      return sha256.equals(skill.sha256())
          && stamp.equals(stampNow)
          && now - madeAt < VERIFIED.toNanos();
    }
  }

  private final Policy policy;
  private final KeptScans scans;
  private final SignatureVerifier signatures;
  private final Supplier<ScanBaseline> accepted;
  private final Map<SkillLocation, Looked> looked = new ConcurrentHashMap<>();

  /// @param scans what was found before
  /// @param accepted what a person has looked at, asked for each time that it matters
  public Quarantine(
      Policy policy,
      KeptScans scans,
      SignatureVerifier signatures,
      Supplier<ScanBaseline> accepted) {
    this.policy = policy;
    this.scans = scans;
    this.signatures = signatures;
    this.accepted = accepted;
  }

  @Override
  public Verdict of(Skill skill) throws IOException, InterruptedException {
    Looked now = look(skill);
    List<SkillFinding> grave = now.report().findings().stream().filter(policy::withholds).toList();
    if (!grave.isEmpty()) {
      grave =
          now.report().without(accepted.get()).findings().stream()
              .filter(policy::withholds)
              .toList();
    }
    return new Verdict(
        grave.isEmpty() ? Optional.empty() : Optional.of(reason(skill, grave)),
        notes(now.signature()));
  }

  /// What a scan finds in a skill as it stands now, accepted or not; nothing if the policy is
  /// [Policy#OFF].
  public ScanReport findings(Skill skill) throws IOException {
    return look(skill).report();
  }

  /// What the signature of a skill is worth.
  public SkillSignature signature(Skill skill) throws IOException {
    return look(skill).signature();
  }

  private Looked look(Skill skill) throws IOException {
    SkillLocation location = skill.location();
    Looked before = looked.get(location);
    long now = System.nanoTime();
    if (before != null && before.isFresh(skill, now)) {
      return before;
    }
    String stamp = SkillInventory.of(location).stamp();
    if (before != null && before.holds(skill, stamp, now)) {
      var again =
          new Looked(
              stamp, skill.sha256(), before.report(), before.signature(), before.madeAt(), now);
      looked.put(location, again);
      return again;
    }
    SkillSignature signature = signatures.verify(skill);
    var made = new Looked(stamp, skill.sha256(), report(skill, signature), signature, now, now);
    looked.put(location, made);
    return made;
  }

  private ScanReport report(Skill skill, SkillSignature signature) throws IOException {
    if (policy == Policy.OFF) {
      return new ScanReport(List.of(), Map.of(), 0, 0);
    }
    ScanReport scanned = scans.of(skill);
    var all = new ArrayList<>(scanned.findings());
    all.addAll(SignatureHits.of(skill.location(), signature));
    return new ScanReport(all, scanned.digests(), scanned.skills(), scanned.files());
  }

  private static String reason(Skill skill, List<SkillFinding> grave) {
    String shown =
        grave.stream()
            .limit(SHOWN)
            .map(finding ->
                "%s (%s) in %s%s"
                    .formatted(
                        finding.rule().id(),
                        finding.rule().label(),
                        finding.place(),
                        finding.line() == 0 ? "" : ":" + finding.line()))
            .collect(Collectors.joining(", "));
    int more = grave.size() - SHOWN;
    return ("The scan of skills found %s%s. Do not go around this: the user can look at it, and"
            + " accept it as it stands with `homeport skills accept %s`.")
        .formatted(shown, more > 0 ? ", and " + more + " more" : "", skill.name());
  }

  private List<String> notes(SkillSignature signature) {
    return switch (signature) {
      case SkillSignature.Unsigned _ -> List.of();
      case SkillSignature.Unverifiable _ when signatures.trustsNobody() -> List.of();
      case SkillSignature.Valid _, SkillSignature.Unverifiable _ ->
          List.of("Signature: " + signature.text());
      case SkillSignature.Invalid _ ->
          List.of("Signature: " + signature.text() + ". Ask the user before you follow it");
    };
  }
}
