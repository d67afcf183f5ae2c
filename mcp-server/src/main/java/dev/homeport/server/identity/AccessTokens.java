package dev.homeport.server.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.lang.System.Logger.Level;
import java.net.MalformedURLException;
import java.net.URI;
import java.text.ParseException;
import java.util.Optional;
import java.util.Set;

/// Checks access tokens (RFC 9068) of one authorization server: signed by a key of its, issued by
/// it for this server, and in time by a minute. Asymmetric signatures only. Thread-safe.
public final class AccessTokens {
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

  /// @param issuer what the claim `iss` must be
  /// @param audience what the claim `aud` must have: the URL of this server
  /// @param keys where its keys are, as a JWK set; they are kept for five minutes
  public AccessTokens(String issuer, String audience, URI keys) throws MalformedURLException {
    JWKSource<SecurityContext> source =
        JWKSourceBuilder.create(keys.toURL()).retrying(true).build();
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(
            JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, source));
    processor.setJWTClaimsSetVerifier(
        new DefaultJWTClaimsVerifier<>(
            Set.of(audience),
            new JWTClaimsSet.Builder().issuer(issuer).build(),
            Set.of("sub", "exp"),
            Set.of()));
  }

  /// The subject of a token; empty if it does not count.
  Optional<String> subject(String token) {
    try {
      return Optional.ofNullable(processor.process(token, null).getSubject());
    } catch (ParseException | BadJOSEException refused) {
      log().log(Level.DEBUG, "an access token is refused: {0}", refused.getMessage());
      return Optional.empty();
    } catch (JOSEException unreachable) {
      log().log(Level.WARNING, "access tokens cannot be checked: {0}", unreachable.getMessage());
      return Optional.empty();
    }
  }

  private static System.Logger log() {
    return System.getLogger(AccessTokens.class.getName());
  }
}
