package dev.homeport.server.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.Date;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AccessTokensTest {
  private static final String ISSUER = "https://login.example";
  private static final String AUDIENCE = "https://homeport.example/mcp";

  private ECKey key;
  private HttpServer server;
  private AccessTokens tokens;

  @BeforeEach
  void serveKeys() throws Exception {
    key = new ECKeyGenerator(Curve.P_256).keyID("first").generate();
    byte[] keys = new JWKSet(key.toPublicJWK()).toString().getBytes(UTF_8);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/keys",
        exchange -> {
          exchange.sendResponseHeaders(200, keys.length);
          try (var body = exchange.getResponseBody()) {
            body.write(keys);
          }
        });
    server.start();
    URI uri = URI.create("http://127.0.0.1:%d/keys".formatted(server.getAddress().getPort()));
    tokens = new AccessTokens(ISSUER, AUDIENCE, uri);
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer(ISSUER)
        .audience(AUDIENCE)
        .subject("alice@example")
        .expirationTime(Date.from(Instant.now().plusSeconds(300)));
  }

  private String signed(JWTClaimsSet.Builder claims) throws JOSEException {
    return signed(claims, JWSAlgorithm.ES256, "first", new ECDSASigner(key));
  }

  private static String signed(
      JWTClaimsSet.Builder claims, JWSAlgorithm algorithm, String keyId, JWSSigner signer)
      throws JOSEException {
    var header =
        new JWSHeader.Builder(algorithm).keyID(keyId).type(new JOSEObjectType("at+jwt")).build();
    var token = new SignedJWT(header, claims.build());
    token.sign(signer);
    return token.serialize();
  }

  @Test
  void takesOneThatWasIssuedForThisServer() throws JOSEException {
    assertThat(tokens.subject(signed(claims()))).contains("alice@example");
  }

  @Test
  void takesNoneForAnotherServerOrOfAnotherIssuer() throws JOSEException {
    assertThat(tokens.subject(signed(claims().audience("https://other.example/mcp")))).isEmpty();
    assertThat(tokens.subject(signed(claims().audience((String) null)))).isEmpty();
    assertThat(tokens.subject(signed(claims().issuer("https://evil.example")))).isEmpty();
  }

  @Test
  void takesNoneThatIsOverOrHasNoEndOrNoSubject() throws JOSEException {
    Date before = Date.from(Instant.now().minusSeconds(120));
    Date later = Date.from(Instant.now().plusSeconds(120));
    assertThat(tokens.subject(signed(claims().expirationTime(before)))).isEmpty();
    assertThat(tokens.subject(signed(claims().expirationTime(null)))).isEmpty();
    assertThat(tokens.subject(signed(claims().notBeforeTime(later)))).isEmpty();
    assertThat(tokens.subject(signed(claims().subject(null)))).isEmpty();
  }

  @Test
  void takesNoForgery() throws Exception {
    ECKey other = new ECKeyGenerator(Curve.P_256).keyID("first").generate();
    assertThat(
            tokens.subject(signed(claims(), JWSAlgorithm.ES256, "first", new ECDSASigner(other))))
        .isEmpty();
    assertThat(
            tokens.subject(signed(claims(), JWSAlgorithm.ES256, "unknown", new ECDSASigner(other))))
        .isEmpty();
    byte[] publicKey = key.toPublicJWK().toString().getBytes(UTF_8);
    assertThat(
            tokens.subject(signed(claims(), JWSAlgorithm.HS256, "first", new MACSigner(publicKey))))
        .isEmpty();
    assertThat(tokens.subject(new PlainJWT(claims().build()).serialize())).isEmpty();
    String real = signed(claims());
    String altered =
        real.substring(0, real.indexOf('.') + 1)
            + Base64URL.encode(claims().subject("mallory").build().toString())
            + real.substring(real.lastIndexOf('.'));
    assertThat(tokens.subject(altered)).isEmpty();
    assertThat(tokens.subject("nonsense")).isEmpty();
    assertThat(tokens.subject("")).isEmpty();
  }

  @Test
  void takesNoneWhileTheKeysCannotBeFetched() throws JOSEException, IOException {
    server.stop(0);

    assertThat(tokens.subject(signed(claims()))).isEmpty();
  }
}
