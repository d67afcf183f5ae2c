/// What can be configured, where it is read from, and which of it counts.
@org.jspecify.annotations.NullMarked
package dev.homeport.server.config;
