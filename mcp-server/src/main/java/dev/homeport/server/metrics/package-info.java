/// What an operator can measure of a server over HTTP. Only `serve` knows this package: over stdio
/// none of its classes is loaded.
@org.jspecify.annotations.NullMarked
package dev.homeport.server.metrics;
