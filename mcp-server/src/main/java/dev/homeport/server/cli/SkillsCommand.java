package dev.homeport.server.cli;

import picocli.CommandLine.Command;

/// Groups what is about skills.
@Command(
    name = "skills",
    description = "Look after the skills.",
    synopsisSubcommandLabel = "COMMAND")
final class SkillsCommand {}
