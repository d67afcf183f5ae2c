/// How messages reach the MCP SDK: the stdio loop of our own, and Streamable HTTP.
///
/// The SDK speaks the protocol revisions up to 2025-11-25. What it lacks on the wire (bounded
/// lines, cancellation, an orderly end) is here, small enough to go when the SDK has it. A lane for
/// the revision 2026-07-28 belongs beside [StdioSession].
@org.jspecify.annotations.NullMarked
package dev.homeport.server.transport;
