package dev.homeport.sandbox;

/// What some sandboxes can do and others cannot.
public enum Capability {
  /// The workspace is seen live, copy on write; otherwise the sandbox works on a copy.
  OVERLAY,
  /// Memory and processes are limited for the sandbox as a whole, and running out of memory is
  /// reported as such; otherwise the limits hold for each process alone.
  TOTAL_LIMITS,
  /// Its processes can be frozen, and it can tell what they used.
  PAUSE,
  /// It may be frozen while nobody uses it: frozen, it still ends when its server is killed.
  SLEEP,
  /// Another sandbox can begin with its files.
  FORK
}
