package dev.homeport.skills.lint;

import dev.homeport.skills.Skill;
import dev.homeport.skills.SkillCatalog;
import dev.homeport.skills.SkillProblem;
import dev.homeport.skills.SkillRead;
import dev.homeport.skills.SkillReadOutcome;
import dev.homeport.skills.SkillSnapshot;
import dev.homeport.skills.report.Severity;
import dev.homeport.skills.report.SkillFinding;
import dev.homeport.workspace.WorkspaceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// Looks at all skills of a catalog for what their authors can put right.
public final class SkillLint {
  private static final int MOST_LINES = 500;
  private static final int MOST_TOKENS = 5_000;
  private static final int CHARACTERS_PER_TOKEN = 4;
  private static final int COMPATIBILITY_LIMIT = 500;

  private final SkillCatalog catalog;
  private final boolean asReference;
  private final List<SkillFinding> findings = new ArrayList<>();

  private SkillLint(SkillCatalog catalog, boolean asReference) {
    this.catalog = catalog;
    this.asReference = asReference;
  }

  /// The findings, in the order of their places.
  ///
  /// @param asReference whether only what the reference validator of the specification would refuse
  ///   is told, such as every field that the specification does not have
  public static List<SkillFinding> of(SkillCatalog catalog, boolean asReference)
      throws IOException, InterruptedException {
    var lint = new SkillLint(catalog, asReference);
    lint.run();
    return lint.findings.stream()
        .filter(finding -> !asReference || finding.rule().severity() == Severity.ERROR)
        .sorted(
            Comparator.comparing(SkillFinding::place)
                .thenComparingInt(SkillFinding::line)
                .thenComparing(finding -> finding.rule().id()))
        .toList();
  }

  private void run() throws IOException, InterruptedException {
    SkillSnapshot snapshot = catalog.snapshot();
    for (SkillProblem problem : snapshot.problems()) {
      findings.add(new SkillFinding(rule(problem.kind()), problem.place(), 0, problem.message()));
    }
    for (Skill skill : snapshot.skills()) {
      fields(skill);
      if (!asReference) {
        length(skill);
        references(skill);
      }
    }
    if (!asReference) {
      findings.addAll(TriggerConflicts.of(snapshot.offered()));
    }
  }

  private static LintRule rule(SkillProblem.Kind kind) {
    return switch (kind) {
      case BYTE_ORDER_MARK, LINE_ENDINGS, NUL, ENCODING -> LintRule.ENCODING;
      case FENCE_MISSING, FENCE_UNCLOSED -> LintRule.FENCE;
      case YAML_REPAIRED, YAML_UNREADABLE, DUPLICATE_KEY -> LintRule.YAML;
      case NAME_MISSING, NAME_INVALID, NAME_TOO_LONG -> LintRule.NAME;
      case NAME_DIFFERS -> LintRule.NAME_DIRECTORY;
      case DESCRIPTION_MISSING, DESCRIPTION_TOO_LONG -> LintRule.DESCRIPTION;
      case TYPE -> LintRule.TYPE;
      case SHADOWED -> LintRule.SHADOWED;
      case LINK, IGNORED, LIMIT, SOURCE -> LintRule.DISCOVERY;
      case UNREADABLE, BROKEN_EDIT -> LintRule.UNREADABLE;
    };
  }

  private static String file(Skill skill) {
    return skill.location().shownFile();
  }

  private void add(LintRule rule, Skill skill, int line, String message) {
    findings.add(new SkillFinding(rule, file(skill), line, message));
  }

  private void fields(Skill skill) {
    Map<String, ?> fields = skill.frontmatter();
    for (String field : fields.keySet()) {
      if (asReference && !KnownFields.SPECIFIED.contains(field)) {
        add(LintRule.FIELD_UNSPECIFIED, skill, 0, "the specification has no field '" + field + "'");
      } else if (!KnownFields.isKnown(field)) {
        String hint =
            KnownFields.nearest(field)
                .map(near -> "; did you mean '" + near + "'?")
                .orElse("; put it into 'metadata'");
        add(LintRule.FIELD_UNKNOWN, skill, 0, "no client knows the field '" + field + "'" + hint);
      }
    }
    if (fields.containsKey("compatibility")) {
      boolean fits =
          fields.get("compatibility") instanceof String text
              && text.codePointCount(0, text.length()) <= COMPATIBILITY_LIMIT;
      if (!fits) {
        add(LintRule.COMPATIBILITY, skill, 0, "'compatibility' must be a text of 1-500 characters");
      }
    }
  }

  private void length(Skill skill) {
    String body = skill.body();
    long lines = body.lines().count();
    int tokens = body.length() / CHARACTERS_PER_TOKEN;
    if (lines > MOST_LINES || tokens > MOST_TOKENS) {
      add(
          LintRule.BODY_LENGTH,
          skill,
          0,
          "the body has %,d lines and about %,d tokens; move details into references/"
              .formatted(lines, tokens));
    }
  }

  private void references(Skill skill) throws IOException, InterruptedException {
    String whole = new String(skill.source().bytes(), StandardCharsets.UTF_8);
    String body = skill.body();
    int before = (int) (whole.lines().count() - body.lines().count());
    for (Map.Entry<String, Integer> reference : References.of(body).entrySet()) {
      int line = Math.max(0, before) + reference.getValue();
      String path = reference.getKey();
      if (path.startsWith("../")) {
        add(
            LintRule.REFERENCE_OUTSIDE,
            skill,
            line,
            "'" + path + "' leads out of the skill; bring the file along");
      } else if (!exists(skill, path)) {
        add(LintRule.REFERENCE_MISSING, skill, line, "there is no '" + path + "' in the skill");
      }
    }
  }

  private boolean exists(Skill skill, String path) throws IOException, InterruptedException {
    try {
      return !(catalog.read(SkillRead.file(skill.name().value(), path))
          instanceof SkillReadOutcome.UnknownFile);
    } catch (WorkspaceException refused) {
      // A link, or a file that is too large: it is there.
      return refused.kind() != WorkspaceException.Kind.BAD_PATH;
    }
  }
}
