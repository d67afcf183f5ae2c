package dev.homeport.server.cli;

import dev.homeport.server.SkillSettings;
import dev.homeport.skills.SkillCatalog;
import dev.homeport.skills.report.Severity;
import dev.homeport.skills.scan.ScanBaseline;
import dev.homeport.skills.scan.ScanReport;
import dev.homeport.skills.scan.ScanRule;
import dev.homeport.skills.scan.SkillScan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Tells what is dangerous about skills.
@Command(
    name = "scan",
    description = {
      "Look at every file of the skills for attacks, hidden text, secrets and what runs unseen.",
      "Nothing is run, unpacked or sent anywhere. Exits 1 if a finding is as severe as --fail-on"
          + " says."
    })
final class SkillsScanCommand implements Callable<Integer> {
  /// From which severity on a finding makes the command fail.
  enum FailOn {
    /// Attacks.
    high(Severity.ERROR),
    /// What a person should look at as well.
    medium(Severity.WARNING),
    /// Everything.
    low(Severity.NOTE),
    /// Nothing.
    never(null);

    private final @Nullable Severity least;

    FailOn(@Nullable Severity least) {
      this.least = least;
    }

    boolean applies(Severity severity) {
      return least != null && severity.compareTo(least) <= 0;
    }
  }

  @Mixin private SkillRootOptions roots = new SkillRootOptions();
  @Mixin private FindingOptions output = new FindingOptions();

  @Option(
      names = "--fail-on",
      paramLabel = "SEVERITY",
      defaultValue = "high",
      description =
          "The least severity that fails: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private FailOn failOn = FailOn.high;

  @Option(
      names = "--baseline",
      paramLabel = "FILE",
      description =
          "A file of findings that were looked at. Each is left out until its file changes.")
  private Optional<Path> baseline = Optional.empty();

  @Option(
      names = "--accept",
      description = "Write everything that is found now to the --baseline file.")
  private boolean accept;

  private final Surroundings surroundings;

  SkillsScanCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws CommandException, IOException, InterruptedException {
    if (accept && baseline.isEmpty()) {
      throw new CommandException(ExitCodes.USAGE, "--accept needs --baseline FILE to write to");
    }
    ScanBaseline accepted = accept ? ScanBaseline.NONE : accepted();
    try (SkillCatalog catalog = roots.open(surroundings)) {
      SkillSettings settings = roots.settings(surroundings);
      ScanReport all = SkillScan.of(catalog, settings.secrets(), settings.signatures());
      if (accept) {
        write(ScanBaseline.of(all));
        accepted = ScanBaseline.of(all);
      }
      ScanReport left = all.without(accepted);
      output.print(
          surroundings,
          "homeport skills scan",
          List.of(ScanRule.values()),
          left.findings(),
          ScanTexts.summary(left, all.findings().size() - left.findings().size()));
      return left.findings().stream().anyMatch(finding -> failOn.applies(finding.rule().severity()))
          ? ExitCodes.FAILED
          : ExitCodes.DONE;
    }
  }

  private Path file() {
    return surroundings.directory().resolve(baseline.orElseThrow()).normalize();
  }

  private void write(ScanBaseline found) throws CommandException, IOException {
    Path parent = file().getParent();
    if (parent != null && !Files.isDirectory(parent)) {
      throw new CommandException(
          ExitCodes.FAILED, "there is no directory for " + baseline.orElseThrow());
    }
    Files.writeString(file(), found.toString());
  }

  private ScanBaseline accepted() throws CommandException, IOException {
    if (baseline.isEmpty()) {
      return ScanBaseline.NONE;
    }
    if (Files.isDirectory(file())) {
      throw new CommandException(ExitCodes.FAILED, baseline.get() + " is a directory");
    }
    try {
      return ScanBaseline.parse(Files.readString(file()))
          .orElseThrow(() ->
              new CommandException(
                  ExitCodes.FAILED, baseline.get() + " is no baseline; write it with --accept"));
    } catch (NoSuchFileException missing) {
      throw new CommandException(
          ExitCodes.FAILED, "there is no " + baseline.get() + "; write it with --accept");
    }
  }
}
