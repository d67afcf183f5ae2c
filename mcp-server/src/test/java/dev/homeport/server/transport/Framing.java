package dev.homeport.server.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// How a strict proxy would cut the bytes of a connection into requests (RFC 9112): what is not
/// beyond doubt ends it. A line feed alone ends a line of a head, as section 2.2 lets a recipient
/// read it, but none around a chunk; a folded line goes on with the value before it (section 5.2).
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
      while (at.take("\r\n") || at.take("\n")) {}
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
    String[] line = at.headLine().orElse("").split(" ", -1);
    if (line.length != 3 || !line[2].equals("HTTP/1.1") || !isToken(line[0])) {
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
      return length == null && coding.equals("chunked") ? at.chunks() : Optional.empty();
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
      byte[] all = new byte[0];
      while (true) {
        String size = chunkLine().orElse("");
        boolean isHex =
            !size.isEmpty()
                && size.length() < 7
                && size.chars().allMatch(c -> Character.digit(c, 16) >= 0);
        Optional<byte[]> chunk = isHex ? bytes(Integer.parseInt(size, 16)) : Optional.empty();
        if (chunk.isEmpty() || !take("\r\n")) {
          return Optional.empty();
        }
        if (chunk.get().length == 0) {
          return Optional.of(all);
        }
        byte[] longer = Arrays.copyOf(all, all.length + chunk.get().length);
        System.arraycopy(chunk.get(), 0, longer, all.length, chunk.get().length);
        all = longer;
      }
    }
  }
}
