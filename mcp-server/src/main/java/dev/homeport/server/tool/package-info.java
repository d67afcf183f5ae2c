/// The tool framework and the toolsets.
///
/// A tool is a method annotated with Spring AI's `@McpTool` that takes one record of arguments, and
/// after it a [ToolContext] if it wants one, and returns a [ToolResult]. Nothing here knows the
/// protocol: the same registry serves MCP clients and `homeport call`.
@org.jspecify.annotations.NullMarked
package dev.homeport.server.tool;
