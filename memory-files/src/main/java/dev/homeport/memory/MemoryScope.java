package dev.homeport.memory;

/// Whose memory something belongs to.
public enum MemoryScope {
  /// That of the workspace, shared by all who work in it.
  PROJECT,
  /// That of the user, shared by all workspaces.
  USER
}
