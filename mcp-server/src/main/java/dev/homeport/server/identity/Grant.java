package dev.homeport.server.identity;

import dev.homeport.server.tool.Toolset;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// What somebody may do, and how they prove who they are. Immutable.
///
/// @param name who
/// @param workspace the one directory that they see
/// @param toolsets which groups of tools they have
/// @param readOnly whether they have only tools that change nothing
/// @param proof how they prove it
/// @param created when it was given
/// @param expires when it ends, if it does
public record Grant(
    PrincipalName name,
    Path workspace,
    Set<Toolset> toolsets,
    boolean readOnly,
    Proof proof,
    Instant created,
    Optional<Instant> expires) {
  /// Copies the set.
  public Grant {
    toolsets = Set.copyOf(toolsets);
  }

  /// How somebody proves who they are.
  public sealed interface Proof {
    /// With a token of ours.
    ///
    /// @param sha256 of its bytes, in hexadecimal digits; the token itself is kept nowhere
    record Token(String sha256) implements Proof {}

    /// With an access token of the configured issuer.
    ///
    /// @param subject what its claim `sub` says
    record Subject(String subject) implements Proof {}
  }

  /// Whether it still counts.
  boolean isValid(Instant now) {
    return expires.isEmpty() || now.isBefore(expires.get());
  }
}
