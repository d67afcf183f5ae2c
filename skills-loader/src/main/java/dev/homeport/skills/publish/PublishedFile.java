package dev.homeport.skills.publish;

/// A file of a published skill.
///
/// @param path relative to the skill's directory, such as `references/a.md`
/// @param sha256 the digest of the bytes that are served
/// @param bytes how many they are
public record PublishedFile(String path, String sha256, long bytes) {}
