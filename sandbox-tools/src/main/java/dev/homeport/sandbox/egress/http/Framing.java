package dev.homeport.sandbox.egress.http;

import java.util.List;

/// Where the body of a message ends.
public sealed interface Framing {
  /// There is none.
  record Empty() implements Framing {}

  /// After so many bytes.
  record Length(long bytes) implements Framing {}

  /// After the last chunk.
  record Chunked() implements Framing {}

  /// With the connection.
  record UntilClose() implements Framing {}

  /// That of a request.
  ///
  /// @throws BadMessageException if its fields leave room for another reading
  static Framing ofRequest(boolean http11, Fields fields) throws BadMessageException {
    if (isChunked(fields)) {
      if (!http11) {
        throw new BadMessageException("HTTP/1.0 knows no Transfer-Encoding");
      }
      return new Chunked();
    }
    return fields.has("content-length") ? length(fields) : new Empty();
  }

  /// That of an answer to a request with a method.
  static Framing ofResponse(String method, ResponseHead head) throws BadMessageException {
    int status = head.status();
    Fields fields = head.fields();
    boolean never = method.equals("HEAD") || status < 200 || status == 204 || status == 304;
    if (never) {
      return new Empty();
    }
    if (isChunked(fields)) {
      return new Chunked();
    }
    return fields.has("content-length") ? length(fields) : new UntilClose();
  }

  private static boolean isChunked(Fields fields) throws BadMessageException {
    if (!fields.has("transfer-encoding")) {
      return false;
    }
    if (fields.has("content-length")) {
      throw new BadMessageException("a message has both Content-Length and Transfer-Encoding");
    }
    if (!fields.items("transfer-encoding").equals(List.of("chunked"))) {
      throw new BadMessageException("the only Transfer-Encoding that is passed is chunked");
    }
    return true;
  }

  private static Length length(Fields fields) throws BadMessageException {
    List<String> values = fields.all("content-length");
    String value = values.getFirst();
    boolean number =
        !value.isEmpty()
            && value.length() <= 18
            && value.chars().allMatch(c -> c >= '0' && c <= '9');
    if (values.size() > 1 || !number) {
      throw new BadMessageException("a message must have one Content-Length, a number");
    }
    return new Length(Long.parseLong(value));
  }
}
