package dev.homeport.server.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What a server remembers between two rounds of one request, kept by the client: sealed, so that
/// it comes back unchanged, within ten minutes, and with the same request. It is not secret.
///
/// The key lives as long as the process; a state from before a restart is refused. Thread-safe.
final class RequestState {
  private static final Duration LIFETIME = Duration.ofMinutes(10);
  private static final String ALGORITHM = "HmacSHA256";
  private static final int MAC_BYTES = 32;

  private final InstantSource clock;
  private final SecretKeySpec key;

  RequestState(InstantSource clock) {
    this.clock = clock;
    byte[] random = new byte[MAC_BYTES];
    new SecureRandom().nextBytes(random);
    key = new SecretKeySpec(random, ALGORITHM);
  }

  /// Seals a state.
  ///
  /// @param request what the request is, as it must be when the state comes back
  String seal(String state, String request) {
    byte[] text = state.getBytes(StandardCharsets.UTF_8);
    byte[] body =
        ByteBuffer.allocate(Long.BYTES + text.length)
            .putLong(clock.millis() + LIFETIME.toMillis())
            .put(text)
            .array();
    byte[] sealed =
        ByteBuffer.allocate(MAC_BYTES + body.length).put(mac(body, request)).put(body).array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
  }

  /// The state that was sealed; empty if this is none, or one for another request, or too old.
  Optional<String> open(String sealed, String request) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(sealed);
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
    if (bytes.length < MAC_BYTES + Long.BYTES) {
      return Optional.empty();
    }
    var buffer = ByteBuffer.wrap(bytes);
    byte[] mac = new byte[MAC_BYTES];
    buffer.get(mac);
    byte[] body = new byte[buffer.remaining()];
    buffer.get(body);
    if (!MessageDigest.isEqual(mac, mac(body, request))
        || ByteBuffer.wrap(body).getLong() < clock.millis()) {
      return Optional.empty();
    }
    return Optional.of(
        new String(body, Long.BYTES, body.length - Long.BYTES, StandardCharsets.UTF_8));
  }

  private byte[] mac(byte[] body, String request) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(body);
      return mac.doFinal(request.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
