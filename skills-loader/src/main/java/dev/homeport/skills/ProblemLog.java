package dev.homeport.skills;

import dev.homeport.skills.SkillProblem.Kind;
import dev.homeport.skills.SkillProblem.Severity;
import java.util.ArrayList;
import java.util.List;

/// Collects the problems of one place. Not thread-safe.
final class ProblemLog {
  private final String place;
  private final List<SkillProblem> problems = new ArrayList<>();

  ProblemLog(String place) {
    this.place = place;
  }

  void add(Severity severity, Kind kind, String message) {
    problems.add(new SkillProblem(severity, kind, place, message));
  }

  List<SkillProblem> problems() {
    return List.copyOf(problems);
  }
}
