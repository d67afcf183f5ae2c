package dev.homeport.sandbox.egress.http;

/// The head of an answer.
public record ResponseHead(int status, String reason, boolean http11, Fields fields) {
  /// Whether the connection stays open after it, as far as this side is concerned.
  public boolean keepsAlive() {
    return http11 && !fields.items("connection").contains("close");
  }
}
