package dev.homeport.sandbox;

/// What a sandbox may use.
///
/// With [Capability#TOTAL_LIMITS] memory and processes are those of the whole sandbox; otherwise
/// memory is that of each process and processes are those of each command.
///
/// @param memoryBytes memory
/// @param processes processes and threads
/// @param fileBytes the size of a single file
/// @param scratchBytes the size of `/tmp` and the home directory together
public record SandboxLimits(long memoryBytes, int processes, long fileBytes, long scratchBytes) {
  /// 2 GiB of memory, 512 processes, files of 1 GiB, 512 MiB of scratch space.
  public static final SandboxLimits DEFAULT =
      new SandboxLimits(2L << 30, 512, 1L << 30, 512L << 20);

  /// Checks that all are positive.
  public SandboxLimits {
    if (memoryBytes < 1 || processes < 1 || fileBytes < 1 || scratchBytes < 1) {
      throw new IllegalArgumentException("sandbox limits must be positive");
    }
  }
}
