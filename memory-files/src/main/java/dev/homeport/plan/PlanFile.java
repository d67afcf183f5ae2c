package dev.homeport.plan;

import dev.homeport.workspace.WorkspacePath;

/// A plan as it stands on disk.
///
/// @param path its file
/// @param text its content
/// @param sha256 of its bytes
/// @param plan what it says
public record PlanFile(WorkspacePath path, String text, String sha256, TaskPlan plan) {}
