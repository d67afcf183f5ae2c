package dev.homeport.server.cli;

import dev.homeport.server.SkillSettings;
import dev.homeport.skills.Skill;
import dev.homeport.skills.SkillCatalog;
import dev.homeport.skills.SkillName;
import dev.homeport.skills.SkillSnapshot;
import dev.homeport.skills.scan.Quarantine;
import dev.homeport.skills.scan.ScanBaseline;
import dev.homeport.skills.scan.ScanReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Lets skills out of quarantine that a person has looked at.
@Command(
    name = "accept",
    description = {
      "Accept what a scan finds in skills, so that they are served in spite of it.",
      "Each acceptance holds for one file with the content that it has now. Look at the files"
          + " first."
    })
final class SkillsAcceptCommand implements Callable<Integer> {
  private static final int NEAREST = 3;

  @Mixin private WorkspaceOption workspace = new WorkspaceOption();

  @Parameters(paramLabel = "NAME", arity = "1..*", description = "The skills.")
  private List<String> names = List.of();

  private final Surroundings surroundings;

  SkillsAcceptCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws CommandException, IOException, InterruptedException {
    SkillSettings settings = SkillRootOptions.settings(workspace.of(surroundings), surroundings);
    ScanBaseline accepted = settings.accepted();
    try (SkillCatalog catalog = settings.catalog(settings.roots())) {
      SkillSnapshot snapshot = catalog.snapshot();
      Quarantine quarantine = settings.quarantine(Quarantine.Policy.MEDIUM);
      for (String name : names) {
        ScanReport report = quarantine.findings(skill(snapshot, name));
        report.findings().forEach(surroundings.out()::println);
        surroundings
            .out()
            .println("%s: %d findings accepted.".formatted(name, report.findings().size()));
        accepted = accepted.and(ScanBaseline.of(report));
      }
    }
    write(settings.acceptedFile(), accepted);
    return ExitCodes.DONE;
  }

  private static Skill skill(SkillSnapshot snapshot, String name) throws CommandException {
    Optional<Skill> found = snapshot.find(name);
    if (found.isEmpty()) {
      String nearest =
          snapshot.nearest(name, NEAREST).stream()
              .map(SkillName::value)
              .collect(Collectors.joining(", "));
      throw new CommandException(
          ExitCodes.FAILED,
          "there is no skill " + name + (nearest.isEmpty() ? "" : "; nearest: " + nearest));
    }
    return found.get();
  }

  private static void write(Path file, ScanBaseline accepted) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    Files.createDirectories(directory);
    Path temporary = Files.createTempFile(directory, "accepted", ".tmp");
    try {
      Files.writeString(temporary, accepted.toString());
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
