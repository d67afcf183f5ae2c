package dev.homeport.server;

import dev.homeport.workspace.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Where the user's own files are, by the XDG Base Directory Specification.
///
/// @param home the home directory
/// @param cache what can be made anew
/// @param state what cannot, but is of no interest to people
public record UserDirectories(Path home, Path cache, Path state) {
  /// Those of the user whose process this is.
  public static UserDirectories ofProcess() {
    return of(System.getenv(), Path.of(System.getProperty("user.home")));
  }

  /// Those of somebody who is served here and has no account on this machine.
  UserDirectories ofTenant(String name) {
    Path own = state.resolve("tenants").resolve(name);
    return new UserDirectories(own.resolve("home"), cache.resolve("tenants").resolve(name), own);
  }

  /// Where what is derived from a workspace is kept: one directory per kind and workspace, outside
  /// of it.
  public Path cache(String kind, Path workspace) {
    String key = Sha256.hex(workspace.toString().getBytes(StandardCharsets.UTF_8));
    return cache.resolve(kind).resolve(key.substring(0, 16));
  }

  /// The directory of the index by which a workspace is searched exactly.
  public Path trigrams(Path workspace) {
    return cache("trigrams", workspace);
  }

  /// Those that an environment names. As the specification wants, a variable that is no absolute
  /// path counts as not set.
  ///
  /// @param entry the home directory in the user database, taken where `HOME` is not set
  public static UserDirectories of(Map<String, String> environment, Path entry) {
    Path home = absolute(environment, "HOME").orElse(entry);
    return new UserDirectories(
        home,
        absolute(environment, "XDG_CACHE_HOME").orElse(home.resolve(".cache")).resolve("homeport"),
        absolute(environment, "XDG_STATE_HOME")
            .orElse(home.resolve(".local").resolve("state"))
            .resolve("homeport"));
  }

  private static Optional<Path> absolute(Map<String, String> environment, String variable) {
    return Optional.ofNullable(environment.get(variable))
        .filter(path -> path.startsWith("/"))
        .map(Path::of);
  }
}
