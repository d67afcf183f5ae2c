package dev.homeport.plan;

/// An error that was met.
///
/// @param error what happened
/// @param attempt which attempt it was, as the plan says it
/// @param resolution what was done about it
public record LoggedError(String error, String attempt, String resolution) {}
