/// The server as MCP clients see it: tools, resources, prompts and instructions on the MCP Java
/// SDK.
@org.jspecify.annotations.NullMarked
package dev.homeport.server.mcp;
