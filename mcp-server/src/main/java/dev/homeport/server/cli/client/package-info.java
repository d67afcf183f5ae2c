/// The configuration files of MCP clients, and how Homeport gets into them without harm.
@org.jspecify.annotations.NullMarked
package dev.homeport.server.cli.client;
