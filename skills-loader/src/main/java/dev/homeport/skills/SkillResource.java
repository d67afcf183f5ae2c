package dev.homeport.skills;

/// A file that a skill brings along.
///
/// @param path relative to the skill's directory
/// @param bytes its size
public record SkillResource(String path, long bytes) {}
