package dev.homeport.index;

import java.util.Locale;
import java.util.Set;

/// What a file is to an agent, told by its path.
public enum FileKind {
  /// Source code and configuration.
  CODE,
  /// Prose: documentation in the project.
  DOC,
  /// A file of the memory tool.
  MEMORY,
  /// A task plan, notes or a progress file.
  PLAN,
  /// A stored tool result.
  RESULT,
  /// A session's event log.
  SESSION,
  /// A file of a skill.
  SKILL;

  private static final Set<String> PLAN_FILES =
      Set.of("task_plan.md", "notes.md", "findings.md", "progress.md");
  private static final Set<String> PROSE = Set.of("md", "markdown", "txt", "rst", "adoc", "org");

  /// The name in requests: lower case.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Whether its files are read as prose, in which one line or paragraph answers a question.
  boolean isProse() {
    return this != CODE;
  }

  static FileKind of(String path) {
    if (path.startsWith(".homeport/memory/")) {
      return MEMORY;
    }
    if (path.startsWith(".homeport/results/")) {
      return RESULT;
    }
    if (path.startsWith(".homeport/sessions/")) {
      return SESSION;
    }
    if (path.startsWith(".planning/") || PLAN_FILES.contains(path)) {
      return PLAN;
    }
    if (path.startsWith(".claude/skills/") || path.startsWith(".agents/skills/")) {
      return SKILL;
    }
    String ending = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return PROSE.contains(ending) ? DOC : CODE;
  }
}
