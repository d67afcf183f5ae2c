package dev.homeport.sandbox;

import java.nio.file.Path;

/// A directory or file of the host that a sandbox sees as well.
///
/// @param source where it stands on the host
/// @param target where the sandbox sees it, an absolute path
/// @param writable whether the sandbox may change it
public record Mount(Path source, String target, boolean writable) {
  /// Checks that both paths are absolute.
  public Mount {
    if (!source.isAbsolute() || !target.startsWith("/")) {
      throw new IllegalArgumentException("a mount needs absolute paths, not " + target);
    }
  }
}
