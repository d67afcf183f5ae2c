package dev.homeport.server.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// How a proxy would cut the bytes of a connection into requests (RFC 9112): what is not beyond
/// doubt ends it. It reads what the RFC lets a recipient read: a line feed alone at the end of a
/// line of a head (section 2.2), but none around a chunk; more than one space in the first line
/// (3); a folded line, which goes on with the value before it (5.2).
///
/// @param requests the whole requests
/// @param restIsEmpty whether nothing follows them
record Framing(List<Request> requests, boolean restIsEmpty) {
  /// One request.
  ///
  /// @param body its bytes as characters
  record Request(String method, String target, Map<String, String> headers, String body) {
    byte[] bytes() {
      return body.getBytes(ISO_8859_1);
    }
  }

  static Framing of(byte[] bytes) {
    var requests = new ArrayList<Request>();
    var at = new Cursor(bytes);
    while (true) {
      while (at.take("\r") || at.take("\n")) {}
      if (at.isAtEnd()) {
        return new Framing(requests, true);
      }
      Optional<Request> request = request(at);
      if (request.isEmpty()) {
        return new Framing(requests, false);
      }
      requests.add(request.get());
    }
  }

  private static Optional<Request> request(Cursor at) {
    String[] line = at.headLine().orElse("").replace('\t', ' ').strip().split(" +", -1);
    boolean isHttp = line.length == 3 && Set.of("HTTP/1.0", "HTTP/1.1").contains(line[2]);
    if (!isHttp || !isToken(line[0])) {
      return Optional.empty();
    }
    var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    String name = "";
    while (true) {
      Optional<String> header = at.headLine();
      if (header.isEmpty()) {
        return Optional.empty();
      }
      if (header.get().isEmpty()) {
        break;
      }
      if (!name.isEmpty() && " \t".indexOf(header.get().charAt(0)) >= 0) {
        headers.merge(name, " " + header.get().strip(), (value, fold) -> (value + fold).strip());
        continue;
      }
      int colon = header.get().indexOf(':');
      if (colon <= 0 || !isToken(header.get().substring(0, colon))) {
        return Optional.empty();
      }
      name = header.get().substring(0, colon);
      String before = headers.put(name, header.get().substring(colon + 1).strip());
      if (before != null && isFraming(name)) {
        return Optional.empty();
      }
    }
    boolean isOld = line[2].equals("HTTP/1.0");
    if (isOld && headers.containsKey("Transfer-Encoding")) {
      return Optional.empty();
    }
    return body(at, headers)
        .map(body -> new Request(line[0], line[1], headers, new String(body, ISO_8859_1)));
  }

  private static boolean isFraming(String name) {
    return List.of("content-length", "transfer-encoding").contains(name.toLowerCase(Locale.ROOT));
  }

  private static Optional<byte[]> body(Cursor at, Map<String, String> headers) {
    String length = headers.get("Content-Length");
    String coding = headers.get("Transfer-Encoding");
    if (coding != null) {
      List<String> codings =
          Stream.of(coding.split(",")).map(String::strip).filter(one -> !one.isEmpty()).toList();
      boolean isChunked = codings.size() == 1 && codings.getFirst().equalsIgnoreCase("chunked");
      return length == null && isChunked ? at.chunks() : Optional.empty();
    }
    if (length == null) {
      return Optional.of(new byte[0]);
    }
    boolean isNumber =
        !length.isEmpty()
            && length.length() < 9
            && length.chars().allMatch(c -> c >= '0' && c <= '9');
    return isNumber ? at.bytes(Integer.parseInt(length)) : Optional.empty();
  }

  private static boolean isToken(String text) {
    return !text.isEmpty()
        && text.chars().allMatch(c -> c > ' ' && c < 127 && "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0);
  }

  /// A place in bytes.
  private static final class Cursor {
    private final byte[] bytes;
    private int at;

    Cursor(byte[] bytes) {
      this.bytes = bytes;
    }

    boolean isAtEnd() {
      return at == bytes.length;
    }

    boolean take(String expected) {
      byte[] wanted = expected.getBytes(ISO_8859_1);
      boolean isThere =
          at + wanted.length <= bytes.length
              && Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length);
      at += isThere ? wanted.length : 0;
      return isThere;
    }

    /// A line that ends in CR LF or LF and has no other of the two, and no NUL.
    Optional<String> headLine() {
      int end = at;
      while (end < bytes.length && bytes[end] != '\r' && bytes[end] != '\n' && bytes[end] != 0) {
        end++;
      }
      String line = new String(bytes, at, end - at, ISO_8859_1);
      at = end;
      return take("\r\n") || take("\n") ? Optional.of(line) : Optional.empty();
    }

    /// The same, if it ends in CR LF.
    Optional<String> chunkLine() {
      return headLine().filter(_ -> bytes[at - 2] == '\r');
    }

    Optional<byte[]> bytes(int count) {
      if (count > bytes.length - at) {
        return Optional.empty();
      }
      at += count;
      return Optional.of(Arrays.copyOfRange(bytes, at - count, at));
    }

    Optional<byte[]> chunks() {
      var all = new ByteArrayOutputStream();
      while (true) {
        String line = chunkLine().orElse("");
        String size = line.split("[; \t]", 2)[0];
        boolean isHex =
            !size.isEmpty()
                && size.length() < 7
                && size.chars().allMatch(c -> Character.digit(c, 16) >= 0);
        if (!isHex) {
          return Optional.empty();
        }
        int length = Integer.parseInt(size, 16);
        if (length == 0) {
          return trailers() ? Optional.of(all.toByteArray()) : Optional.empty();
        }
        Optional<byte[]> chunk = bytes(length);
        if (chunk.isEmpty() || !take("\r\n")) {
          return Optional.empty();
        }
        all.writeBytes(chunk.get());
      }
    }

    private boolean trailers() {
      while (true) {
        Optional<String> trailer = chunkLine();
        if (trailer.isEmpty() || trailer.get().isEmpty()) {
          return trailer.isPresent();
        }
      }
    }
  }
}
