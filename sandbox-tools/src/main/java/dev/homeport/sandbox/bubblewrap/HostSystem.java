package dev.homeport.sandbox.bubblewrap;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What of the host's system every sandbox sees, read-only, as arguments of bubblewrap.
///
/// Only programs, libraries and the few settings that these need: no user's files, no service's
/// configuration, no private keys.
final class HostSystem {
  private static final List<String> ROOTS = List.of("bin", "sbin", "lib", "lib32", "lib64");

  private static final List<String> SETTINGS =
      List.of(
          "/etc/alternatives",
          "/etc/ca-certificates",
          "/etc/ld.so.cache",
          "/etc/ld.so.conf",
          "/etc/ld.so.conf.d",
          "/etc/localtime",
          "/etc/mime.types",
          "/etc/pki/tls/certs",
          "/etc/ssl/certs",
          "/etc/ssl/openssl.cnf",
          "/etc/timezone");

  private HostSystem() {}

  static List<String> arguments() {
    var arguments = new ArrayList<>(List.of("--ro-bind", "/usr", "/usr"));
    for (String name : ROOTS) {
      Path path = Path.of("/" + name);
      if (Files.isSymbolicLink(path)) {
        arguments.addAll(List.of("--symlink", "usr/" + name, path.toString()));
      } else if (Files.isDirectory(path)) {
        arguments.addAll(List.of("--ro-bind", path.toString(), path.toString()));
      }
    }
    SETTINGS.forEach(path -> arguments.addAll(List.of("--ro-bind-try", path, path)));
    arguments.addAll(List.of("--proc", "/proc", "--dev", "/dev", "--dir", "/run"));
    // Root's files below /proc/sys belong to root of the host, which a sandbox of root still is.
    arguments.addAll(List.of("--remount-ro", "/proc"));
    return arguments;
  }
}
