package dev.homeport.sandbox.docker;

import dev.homeport.sandbox.Mount;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// An image that containers are made of.
///
/// It must have `sh`, GNU `find`, `grep`, `tar`, `xargs`, and a directory `/workspace` that belongs
/// to user 1000.
///
/// @param reference its name in the engine
/// @param mounts what of the host it needs besides
public record SandboxImage(String reference, List<Mount> mounts) {
  /// Unpacked Debian packages; made by [SandboxImages#buildDebian].
  public static final SandboxImage DEBIAN = new SandboxImage("homeport/sandbox:debian", List.of());

  /// Nothing but links into the host's `/usr`, which is mounted read-only; made by
  /// [SandboxImages#buildHost].
  public static final SandboxImage HOST = new SandboxImage("homeport/sandbox:host", hostMounts());

  /// Copies the mounts.
  public SandboxImage {
    mounts = List.copyOf(mounts);
  }

  private static List<Mount> hostMounts() {
    return List.of("/usr", "/etc/alternatives", "/etc/ssl/certs").stream()
        .map(path -> new Mount(Path.of(path), path, false))
        .filter(mount -> Files.exists(mount.source()))
        .toList();
  }
}
