package dev.homeport.server.cli;

import picocli.CommandLine.Command;

/// Groups what is about sandboxes.
@Command(name = "sandbox", description = "Prepare sandboxes.", synopsisSubcommandLabel = "COMMAND")
final class SandboxCommand {}
