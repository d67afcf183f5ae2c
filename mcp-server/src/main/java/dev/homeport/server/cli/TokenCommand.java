package dev.homeport.server.cli;

import picocli.CommandLine.Command;

/// The commands about those who are served over HTTP.
@Command(
    name = "token",
    description = "Say who may use `homeport serve`, and with which workspace.",
    synopsisSubcommandLabel = "COMMAND")
final class TokenCommand {}
