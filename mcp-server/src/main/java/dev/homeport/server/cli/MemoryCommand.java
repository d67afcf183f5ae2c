package dev.homeport.server.cli;

import picocli.CommandLine.Command;

/// Groups what is about the memory files.
@Command(
    name = "memory",
    description = "Look after the memory files.",
    synopsisSubcommandLabel = "COMMAND")
final class MemoryCommand {}
