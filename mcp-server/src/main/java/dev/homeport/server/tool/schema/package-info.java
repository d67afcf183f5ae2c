/// Argument records as JSON Schema, and JSON arguments as argument records.
@org.jspecify.annotations.NullMarked
package dev.homeport.server.tool.schema;
