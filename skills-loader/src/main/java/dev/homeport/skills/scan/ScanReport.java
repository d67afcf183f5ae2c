package dev.homeport.skills.scan;

import dev.homeport.skills.report.Severity;
import dev.homeport.skills.report.SkillFinding;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// What a scan found.
///
/// @param findings in the order of their places
/// @param digests the SHA-256 of what stands at each place that was looked at
/// @param skills how many skills were looked at
/// @param files how many files
public record ScanReport(
    List<SkillFinding> findings, Map<String, String> digests, int skills, int files) {
  /// Sorts and copies.
  public ScanReport {
    findings =
        findings.stream()
            .sorted(
                Comparator.comparing(SkillFinding::place)
                    .thenComparingInt(SkillFinding::line)
                    .thenComparing(finding -> finding.rule().id()))
            .distinct()
            .toList();
    digests = Map.copyOf(digests);
  }

  /// How many findings are this severe.
  public long count(Severity severity) {
    return findings.stream().filter(finding -> finding.rule().severity() == severity).count();
  }

  /// The same without what a baseline accepts.
  public ScanReport without(ScanBaseline baseline) {
    List<SkillFinding> left =
        findings.stream().filter(finding -> !baseline.accepts(finding, digests)).toList();
    return new ScanReport(left, digests, skills, files);
  }
}
