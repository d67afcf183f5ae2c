/// What MCP says, in both its eras, as far as it does not depend on the transport: messages,
/// errors, the handshake of the *legacy* revisions (2024-11-05 to 2025-11-25), and the stateless
/// requests of the *modern* one (2026-07-28).
///
/// The MCP Java SDK (2.1.0) knows the legacy era alone. What stands here and it will know can go
/// when it does.
@org.jspecify.annotations.NullMarked
package dev.homeport.server.protocol;
