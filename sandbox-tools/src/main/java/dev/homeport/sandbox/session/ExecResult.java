package dev.homeport.sandbox.session;

import dev.homeport.sandbox.ExecOutcome;
import dev.homeport.sandbox.ExecUsage;
import java.time.Duration;
import java.util.Optional;

/// An outcome with what the caller may want to say about it.
///
/// @param outcome how it ended
/// @param changedFiles how many files of the workspace now differ in the sandbox
/// @param usage what the command used, if that is known
/// @param elapsed from the request to the outcome, provisioning included
public record ExecResult(
    ExecOutcome outcome, int changedFiles, Optional<ExecUsage> usage, Duration elapsed) {}
