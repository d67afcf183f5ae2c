package dev.homeport.plan;

/// A decision that was made.
///
/// @param decision what was decided
/// @param rationale why
public record Decision(String decision, String rationale) {}
