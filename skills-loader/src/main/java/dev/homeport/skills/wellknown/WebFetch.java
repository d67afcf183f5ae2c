package dev.homeport.skills.wellknown;

import dev.homeport.skills.source.SourceAddress;
import dev.homeport.skills.source.SourceException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/// Gets files from the web: no cookie or login is sent, redirects are followed only to places that
/// might be asked for directly, and what is larger than its limit is not read. Close it after use.
final class WebFetch implements AutoCloseable {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(15);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);
  private static final int MOST_REDIRECTS = 5;

  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT_LIMIT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final boolean mayBeLocal;

  /// @param start the first address; only if it is on this machine others may be
  WebFetch(URI start) {
    this.mayBeLocal = SourceAddress.isLocal(start);
  }

  /// A file.
  ///
  /// @param at where it was in the end
  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  record Fetched(URI at, byte[] bytes) {}

  Fetched get(URI address, int mostBytes) throws IOException, InterruptedException {
    URI at = address;
    for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      require(at);
      HttpResponse<InputStream> response = send(at);
      try (InputStream body = response.body()) {
        Optional<String> location = response.headers().firstValue("Location");
        if (response.statusCode() / 100 == 3 && location.isPresent()) {
          at = resolve(at, location.get());
          continue;
        }
        if (response.statusCode() != 200) {
          throw new SourceException(
              "%s answers with status %d; check the address".formatted(at, response.statusCode()));
        }
        byte[] bytes = body.readNBytes(mostBytes + 1);
        if (bytes.length > mostBytes) {
          throw new SourceException(
              "%s has more than %,d bytes, which is too much".formatted(at, mostBytes));
        }
        return new Fetched(at, bytes);
      }
    }
    throw new SourceException(address + " leads from one address to the next without end");
  }

  private void require(URI at) throws SourceException {
    SourceAddress.requireSafe(at);
    if (SourceAddress.isLocal(at) && !mayBeLocal) {
      throw new SourceException(
          "the site leads to %s, which is on this machine; that is refused".formatted(at));
    }
  }

  static URI resolve(URI base, String reference) throws SourceException {
    try {
      return base.resolve(reference);
    } catch (IllegalArgumentException wrong) {
      throw new SourceException(base + " leads to what is no address", wrong);
    }
  }

  private HttpResponse<InputStream> send(URI at) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(at).timeout(ANSWER_LIMIT).GET().build();
    try {
      return client.send(request, BodyHandlers.ofInputStream());
    } catch (IOException failed) {
      throw new SourceException(
          "%s cannot be reached (%s); what was fetched before stays in use"
              .formatted(at, failed.getClass().getSimpleName()),
          failed);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
