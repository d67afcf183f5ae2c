package dev.homeport.plan;

/// How far a plan is, from its status lines and checkboxes alone.
///
/// @param phases all phases
/// @param phasesComplete those that are complete
/// @param items all checkboxes of phases
/// @param itemsDone those that are checked
public record PlanCounts(int phases, int phasesComplete, int items, int itemsDone) {}
