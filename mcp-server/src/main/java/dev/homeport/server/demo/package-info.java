/// The demonstration: an agent's working day, done for real over MCP against a server of its own.
///
/// Nothing in the product depends on this package, and it uses nothing of the product but the
/// protocol.
@org.jspecify.annotations.NullMarked
package dev.homeport.server.demo;
