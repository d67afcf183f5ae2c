/// The Homeport server: its configuration, the wiring of the libraries, and the program's entry.
@org.jspecify.annotations.NullMarked
package dev.homeport.server;
