package dev.homeport.skills.eval;

/// A question that an author wrote to try a skill.
///
/// @param text what is asked
/// @param skill the skill that it is about
/// @param shouldTrigger whether the skill is wanted for it; otherwise it must not come first
public record EvalQuery(String text, String skill, boolean shouldTrigger) {}
