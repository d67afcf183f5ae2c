package dev.homeport.sandbox.egress.http;

/// The head of a request, as it was sent.
///
/// @param target what stands between method and version
/// @param http11 whether it is HTTP/1.1, not 1.0
public record RequestHead(String method, String target, boolean http11, Fields fields) {
  /// Whether the connection stays open after the answer, as far as this side is concerned.
  public boolean keepsAlive() {
    return http11 && !fields.items("connection").contains("close");
  }
}
