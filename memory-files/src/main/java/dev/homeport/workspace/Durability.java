package dev.homeport.workspace;

/// What an acknowledged write survives.
public enum Durability {
  /// The end of this process and the loss of power: files and directories are forced to disk.
  FULL,
  /// The end of this process only; the system writes to disk when it likes, usually within half a
  /// minute.
  NONE
}
