package dev.homeport.sandbox.egress.proxy;

/// The head of a request, as it was sent.
///
/// @param target what stands between method and version
/// @param http11 whether it is HTTP/1.1, not 1.0
record RequestHead(String method, String target, boolean http11, Fields fields) {
  /// Whether the connection stays open after the answer, as far as this side is concerned.
  boolean keepsAlive() {
    return http11 && !fields.items("connection").contains("close");
  }
}
