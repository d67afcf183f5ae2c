package dev.homeport.skills.scan;

import dev.homeport.skills.report.SkillFinding;
import dev.homeport.skills.yaml.Json;
import dev.homeport.skills.yaml.Yaml;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Findings that a person looked at and accepts, as long as the files stay what they are.
///
/// @param accepted the findings
public record ScanBaseline(Set<Accepted> accepted) {
  /// A baseline that accepts nothing.
  public static final ScanBaseline NONE = new ScanBaseline(Set.of());

  private static final long VERSION = 1;

  private static final Comparator<Accepted> ORDER =
      Comparator.comparing(Accepted::file)
          .thenComparing(Accepted::rule)
          .thenComparing(Accepted::sha256);

  /// Copies the set.
  public ScanBaseline {
    accepted = Set.copyOf(accepted);
  }

  /// What is accepted.
  ///
  /// @param rule the id of the rule
  /// @param file the place as the scan showed it
  /// @param sha256 of what stood there; any change of it ends the acceptance
  public record Accepted(String rule, String file, String sha256) {}

  /// Accepts everything that a report found, except what was not looked at: nobody could tell
  /// whether that changes.
  public static ScanBaseline of(ScanReport report) {
    return new ScanBaseline(
        report.findings().stream()
            .map(finding -> accepted(finding, report.digests()))
            .filter(entry -> !entry.sha256().isEmpty())
            .collect(Collectors.toSet()));
  }

  /// Accepts what another one accepts as well.
  public ScanBaseline and(ScanBaseline other) {
    return new ScanBaseline(
        Stream.concat(accepted.stream(), other.accepted.stream()).collect(Collectors.toSet()));
  }

  /// Reads what [#toString] wrote; empty if the text is no baseline.
  public static Optional<ScanBaseline> parse(String text) {
    if (!(Yaml.read(text).orElse(null) instanceof Yaml.Mapping map)
        || !(map.get("version") instanceof Yaml.Scalar(_, Long version) && version == VERSION)
        || !(map.get("accepted") instanceof Yaml.Sequence(var items))) {
      return Optional.empty();
    }
    var accepted = new TreeSet<>(ORDER);
    for (Yaml item : items) {
      if (!(item instanceof Yaml.Mapping entry
          && entry.get("rule") instanceof Yaml.Scalar(var rule, _)
          && entry.get("file") instanceof Yaml.Scalar(var file, _)
          && entry.get("sha256") instanceof Yaml.Scalar(var sha256, _))) {
        return Optional.empty();
      }
      accepted.add(new Accepted(rule, file, sha256));
    }
    return Optional.of(new ScanBaseline(accepted));
  }

  private static Accepted accepted(SkillFinding finding, Map<String, String> digests) {
    return new Accepted(
        finding.rule().id(), finding.place(), digests.getOrDefault(finding.place(), ""));
  }

  boolean accepts(SkillFinding finding, Map<String, String> digests) {
    Accepted entry = accepted(finding, digests);
    return !entry.sha256().isEmpty() && accepted.contains(entry);
  }

  /// The baseline as JSON, one entry a line, in an order that does not change.
  @Override
  public String toString() {
    String entries =
        accepted.stream()
            .sorted(ORDER)
            .map(entry -> {
              var map = new LinkedHashMap<String, Object>();
              map.put("rule", entry.rule());
              map.put("file", entry.file());
              map.put("sha256", entry.sha256());
              return "    " + Json.of(map);
            })
            .collect(Collectors.joining(",\n"));
    return "{\n  \"version\": %d,\n  \"accepted\": [\n%s\n  ]\n}\n".formatted(VERSION, entries);
  }
}
