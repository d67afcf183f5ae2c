package dev.homeport.server.cli;

import dev.homeport.server.Main;
import dev.homeport.skills.report.SkillFinding;
import dev.homeport.skills.report.SkillRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Findings as SARIF 2.1.0 (OASIS), as far as code hosts read it.
final class SarifLog {
  private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

  private SarifLog() {}

  /// @param check the name of the check, such as `homeport skills lint`
  /// @param rules everything that it looks for
  static Map<String, Object> of(
      String check, List<? extends SkillRule> rules, List<SkillFinding> findings) {
    var driver = new LinkedHashMap<String, Object>();
    driver.put("name", check);
    driver.put("version", Main.version());
    driver.put("rules", rules.stream().map(SarifLog::rule).toList());
    var run = new LinkedHashMap<String, Object>();
    run.put("tool", Map.of("driver", driver));
    run.put("results", findings.stream().map(SarifLog::result).toList());
    var log = new LinkedHashMap<String, Object>();
    log.put("$schema", SCHEMA);
    log.put("version", "2.1.0");
    log.put("runs", List.of(run));
    return log;
  }

  private static Map<String, Object> rule(SkillRule rule) {
    return Map.of(
        "id",
        rule.id(),
        "shortDescription",
        Map.of("text", rule.text()),
        "defaultConfiguration",
        Map.of("level", rule.severity().label()));
  }

  private static String uri(String path) {
    return path.replace("%", "%25").replace(" ", "%20").replace("#", "%23").replace("?", "%3F");
  }

  private static Map<String, Object> result(SkillFinding finding) {
    var location = new LinkedHashMap<String, Object>();
    location.put("artifactLocation", Map.of("uri", uri(finding.place())));
    if (finding.line() > 0) {
      location.put("region", Map.of("startLine", finding.line()));
    }
    var result = new LinkedHashMap<String, Object>();
    result.put("ruleId", finding.rule().id());
    result.put("level", finding.rule().severity().label());
    result.put("message", Map.of("text", finding.message()));
    result.put("locations", List.of(Map.of("physicalLocation", location)));
    return result;
  }
}
