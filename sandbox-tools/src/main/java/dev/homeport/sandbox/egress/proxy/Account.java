package dev.homeport.sandbox.egress.proxy;

import dev.homeport.sandbox.egress.EgressDecision;
import dev.homeport.sandbox.egress.EgressRule;
import java.util.concurrent.atomic.AtomicLong;

/// What is known of one request, until it is noted. For one request; bytes may be counted by any
/// thread.
final class Account {
  private static final int LONGEST_TEXT = 1_024;

  private final String host;
  private final int port;
  private final String method;
  private final String path;
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong received = new AtomicLong();
  private String rule = "";
  private String reason = "";
  private boolean allowed;
  private int status;

  Account(Target target, String method, String path) {
    this(target.host().name(), target.port(), method, path);
  }

  private Account(String host, int port, String method, String path) {
    this.host = shown(host);
    this.port = port;
    this.method = shown(method);
    this.path = shown(path);
  }

  /// Of something that names no target.
  static Account ofUnknown(String method) {
    return new Account("", 0, method, "");
  }

  private static String shown(String text) {
    String cut = text.substring(0, Math.min(text.length(), LONGEST_TEXT));
    return cut.chars()
        .map(c -> c < ' ' || c >= 127 ? '?' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  void allow(EgressRule by) {
    allowed = true;
    rule = by.toString();
  }

  void refuse(String why) {
    allowed = false;
    rule = "";
    reason = why;
  }

  /// It was allowed, but something went wrong.
  void fail(String what) {
    if (reason.isEmpty()) {
      reason = what;
    }
  }

  void answered(int with) {
    status = with;
  }

  void sent(long bytes) {
    sent.addAndGet(bytes);
  }

  void received(long bytes) {
    received.addAndGet(bytes);
  }

  EgressDecision decision() {
    return new EgressDecision(
        host, port, method, path, allowed, reason, rule, status, sent.get(), received.get());
  }
}
