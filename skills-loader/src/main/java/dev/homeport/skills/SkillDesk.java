package dev.homeport.skills;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/// Hands out the skills of a snapshot, each after a review.
record SkillDesk(SkillSnapshot snapshot, SkillReview review, SkillHost host) {
  SkillLoadOutcome load(
      String name, String arguments, Map<String, String> variables, SkillCommands commands)
      throws IOException, InterruptedException {
    Optional<Skill> skill = snapshot.find(name);
    if (skill.isEmpty()) {
      return new SkillLoadOutcome.Unknown(snapshot.nearest(name, SkillSnapshot.NEAREST));
    }
    SkillReview.Verdict verdict = review.of(skill.get());
    return verdict.withheld().isPresent()
        ? new SkillLoadOutcome.Withheld(skill.get().name(), verdict.withheld().get())
        : new SkillLoader(skill.get(), host, commands).load(arguments, variables, verdict.notes());
  }

  SkillReadOutcome read(SkillRead request) throws IOException, InterruptedException {
    Optional<Skill> skill = snapshot.find(request.name());
    if (skill.isEmpty()) {
      return new SkillReadOutcome.UnknownSkill(
          snapshot.nearest(request.name(), SkillSnapshot.NEAREST));
    }
    SkillReview.Verdict verdict = review.of(skill.get());
    return verdict.withheld().isPresent()
        ? new SkillReadOutcome.Withheld(verdict.withheld().get())
        : new SkillReader(skill.get()).read(request);
  }
}
