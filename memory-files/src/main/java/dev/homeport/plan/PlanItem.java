package dev.homeport.plan;

/// A checkbox of a phase.
///
/// @param text what is to be done
/// @param done whether it is checked
public record PlanItem(String text, boolean done) {}
