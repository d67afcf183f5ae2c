package dev.homeport.sandbox;

/// A command of a killed server that another one took over.
///
/// @param exec the command, whose output goes on
/// @param from the position where it does; more than what was asked for if what lies between is
///   lost
public record Attached(Exec exec, long from) {}
