package dev.homeport.sandbox.egress;

/// A request of a sandbox to the network, and what became of it. It holds no header, no query and
/// nothing of a body.
///
/// @param host the host, as it was asked for
/// @param port the port, or 0 if the request named none that could be understood
/// @param method the method; `CONNECT` if nothing of what went through was seen
/// @param path the path without the query; empty for `CONNECT`
/// @param allowed whether it was let through
/// @param reason why not, or what failed after that; empty if nothing did
/// @param rule the rule that allowed it, in one line; empty if none did
/// @param status the status of the answer, or 0 if there was none
/// @param sentBytes what went out, without heads
/// @param receivedBytes what came back, without heads
public record EgressDecision(
    String host,
    int port,
    String method,
    String path,
    boolean allowed,
    String reason,
    String rule,
    int status,
    long sentBytes,
    long receivedBytes) {}
