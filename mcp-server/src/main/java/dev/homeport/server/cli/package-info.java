/// The `homeport` command: its subcommands, and what each says to a person.
///
/// Results go to standard output, everything else to standard error.
@org.jspecify.annotations.NullMarked
package dev.homeport.server.cli;
