package dev.homeport.skills.scan;

import dev.homeport.skills.SkillLocation;
import dev.homeport.skills.report.SkillFinding;
import dev.homeport.skills.signature.SkillSignature;
import dev.homeport.skills.signature.SkillSignature.Change;
import dev.homeport.skills.signature.SkillSignature.Difference;
import java.util.List;

/// What a signature gives to find fault with.
final class SignatureHits {
  private SignatureHits() {}

  /// Each file that differs is told where it stands, so that to accept it binds to its content.
  static List<SkillFinding> of(SkillLocation location, SkillSignature signature) {
    return switch (signature) {
      case SkillSignature.Unsigned _, SkillSignature.Valid _ -> List.of();
      case SkillSignature.Unverifiable(var reason) ->
          List.of(
              finding(
                  ScanRule.SIGNATURE_UNVERIFIED,
                  location,
                  SkillSignature.FILE,
                  "is not verified: " + reason));
      case SkillSignature.Invalid(var reason, var differences) when differences.isEmpty() ->
          List.of(finding(ScanRule.SIGNATURE_INVALID, location, SkillSignature.FILE, reason));
      case SkillSignature.Invalid(_, var differences) ->
          differences.stream().map(difference -> finding(location, difference)).toList();
    };
  }

  private static SkillFinding finding(SkillLocation location, Difference difference) {
    boolean isThere = difference.change() != Change.MISSING;
    String path = difference.path().equals("./") ? "" : difference.path();
    return finding(
        ScanRule.SIGNATURE_INVALID,
        location,
        isThere ? path : SkillSignature.FILE,
        isThere ? "is not as it was signed" : path + " is signed, but missing");
  }

  private static SkillFinding finding(
      ScanRule rule, SkillLocation location, String path, String message) {
    String place = location.shown() + "/" + path;
    return new SkillFinding(rule, place, 0, new ScanHit(rule, 0, message).message());
  }
}
