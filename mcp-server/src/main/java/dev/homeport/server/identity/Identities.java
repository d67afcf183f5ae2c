package dev.homeport.server.identity;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds out who sends a request, by its header `Authorization`. Grants that are added or removed
/// count from the next request on. Thread-safe.
public final class Identities {
  private static final String SCHEME = "bearer ";

  /// Two changes may bear the same time; a reading so soon after the last one is not kept.
  private static final Duration SETTLED = Duration.ofSeconds(2);

  private final Grants grants;
  private final Optional<AccessTokens> accessTokens;
  private final InstantSource clock;
  private volatile Snapshot snapshot = Snapshot.NONE;

  /// @param changed when they were changed last, as far as the reading knows
  private record Snapshot(Instant changed, Map<Grant.Proof, Grant> byProof, List<Grant> all) {
    static final Snapshot NONE = new Snapshot(Instant.MIN, Map.of(), List.of());
  }

  /// @param accessTokens checks those of an authorization server, if there is one
  public Identities(Grants grants, Optional<AccessTokens> accessTokens, InstantSource clock) {
    this.grants = grants;
    this.accessTokens = accessTokens;
    this.clock = clock;
  }

  /// What the sender of a request may do; empty if they did not prove who they are.
  ///
  /// @param authorization the header, if there is one
  public Optional<Grant> identify(@Nullable String authorization) {
    if (authorization == null || !authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
      return Optional.empty();
    }
    String token = authorization.substring(SCHEME.length()).strip();
    Optional<Grant.Proof> proof =
        BearerToken.isOurs(token)
            ? Optional.of(BearerToken.proof(token))
            : accessTokens.flatMap(tokens -> tokens.subject(token)).map(Grant.Proof.Subject::new);
    return proof
        .flatMap(given -> Optional.ofNullable(current().byProof().get(given)))
        .filter(grant -> grant.isValid(clock.instant()));
  }

  /// All grants as they are now.
  public List<Grant> all() {
    return current().all();
  }

  /// When grants cannot be read, nobody gets in: what was removed must not go on to count.
  private Snapshot current() {
    try {
      Instant changed = grants.changed();
      Snapshot known = snapshot;
      if (known.changed().equals(changed)) {
        return known;
      }
      List<Grant> all = grants.all();
      var byProof = new HashMap<Grant.Proof, Grant>();
      all.forEach(grant -> byProof.put(grant.proof(), grant));
      var read = new Snapshot(changed, Map.copyOf(byProof), List.copyOf(all));
      if (changed.plus(SETTLED).isBefore(clock.instant())) {
        snapshot = read;
      }
      return read;
    } catch (IOException unreadable) {
      System.getLogger(Identities.class.getName())
          .log(Level.ERROR, "nobody is let in: {0}", Objects.toString(unreadable.getMessage()));
      return Snapshot.NONE;
    }
  }
}
