package dev.homeport.server.cli;

import dev.homeport.sandbox.Availability;
import dev.homeport.sandbox.SandboxBackend;
import dev.homeport.sandbox.bubblewrap.BubblewrapBackend;
import dev.homeport.sandbox.docker.DockerBackend;
import dev.homeport.server.cli.Finding.State;
import dev.homeport.server.cli.client.ConfigFile;
import dev.homeport.server.cli.client.KnownClient;
import dev.homeport.server.config.Config;
import dev.homeport.server.config.ConfigKey;
import dev.homeport.skills.SkillCatalog;
import dev.homeport.skills.SkillSnapshot;
import dev.homeport.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Tries what Homeport needs here.
@Command(
    name = "doctor",
    description = {
      "Show what works here and how to get the rest.",
      "Exits 1 if the workspace or the configuration cannot be used, 3 if no sandbox can be made."
    })
final class DoctorCommand implements Callable<Integer> {
  /// How many directories that cannot be read are named.
  private static final int SHOWN = 3;

  @Mixin private WorkspaceOption workspace = new WorkspaceOption();

  private final Surroundings surroundings;

  DoctorCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path directory = workspace.of(surroundings);
    Finding usable = workspace(directory);
    Finding configuration = configuration(directory);
    Finding bubblewrap = backend(BubblewrapBackend.overlaying());
    Finding docker = backend(DockerBackend.standard());

    var findings =
        new ArrayList<>(List.of(java(), startUpCache(), usable, configuration, bubblewrap, docker));
    if (usable.state() != State.MISSING && configuration.state() != State.MISSING) {
      findings.add(skills(directory));
      findings.add(network(directory));
    }
    findings.addAll(clients(directory));
    print(findings);

    if (usable.state() == State.MISSING || configuration.state() == State.MISSING) {
      return ExitCodes.FAILED;
    }
    boolean sandboxed = bubblewrap.state() == State.OK || docker.state() == State.OK;
    return sandboxed ? ExitCodes.DONE : ExitCodes.NO_SANDBOX;
  }

  private static Finding java() {
    return Finding.ok("java", Runtime.version() + " in " + System.getProperty("java.home"));
  }

  private Finding startUpCache() {
    String subject = "start-up cache";
    Optional<Path> cache = surroundings.aotCache();
    if (cache.isEmpty()) {
      return Finding.note(
          subject,
          "not used: java was started by hand",
          "start Homeport by its script, ./homeport");
    }
    Path file = cache.get();
    if (Files.exists(file)) {
      return Finding.ok(subject, file.toString());
    }
    Path log = Path.of(file + ".failed");
    return Files.exists(log)
        ? Finding.note(subject, "could not be made: starts take longer", "the reason is in " + log)
        : Finding.note(
            subject, "not made yet: starts take longer", "`homeport init` makes it, or stdio soon");
  }

  private static Finding workspace(Path directory) {
    String subject = "workspace";
    if (!Files.isDirectory(directory)) {
      String what = Files.exists(directory) ? " is a file" : " does not exist";
      return Finding.missing(subject, directory + what, "choose a directory with --workspace");
    }
    if (!Files.isReadable(directory) || !Files.isExecutable(directory)) {
      return Finding.missing(
          subject, directory + " cannot be read", "give this user the right to read it");
    }
    if (!Files.isWritable(directory)) {
      return Finding.note(
          subject,
          directory + " is read-only: reading works, writes fail",
          "give this user the right to write it");
    }
    return Finding.ok(subject, directory + ", readable and writable");
  }

  private Finding configuration(Path directory) {
    String subject = "configuration";
    try {
      Config config = ServerArguments.config(directory, surroundings, List.of());
      if (!config.ignored().isEmpty()) {
        return Finding.note(
            subject,
            String.join("; ", config.ignored()),
            "set it in your own file, if you want it");
      }
      long changed =
          Arrays.stream(ConfigKey.values())
              .filter(key -> !config.setting(key).equals(Config.defaults().setting(key)))
              .count();
      return Finding.ok(subject, changed + " settings changed; `homeport config` shows all");
    } catch (CommandException wrong) {
      return Finding.missing(
          subject, String.valueOf(wrong.getMessage()), "correct it: no command runs until then");
    }
  }

  /// A root that cannot be read is no reason to fail: its skills are missing, and nothing else.
  private Finding skills(Path directory) throws IOException, InterruptedException {
    String subject = "skills";
    try (SkillCatalog catalog =
        SkillRootOptions.settings(directory, surroundings).catalog(Workspace.open(directory))) {
      SkillSnapshot snapshot = catalog.snapshot();
      String found =
          "%d skills, %d problems".formatted(snapshot.skills().size(), snapshot.problems().size());
      return snapshot.unreadable().isEmpty()
          ? Finding.ok(subject, found + "; `homeport skills list` shows all")
          : Finding.note(
              subject,
              found
                  + "; not read: "
                  + snapshot.unreadable().stream()
                      .limit(SHOWN)
                      .map(problem -> problem.place() + " (" + problem.message() + ")")
                      .collect(Collectors.joining(", ")),
              "let this user read them; `homeport skills list` shows all");
    } catch (CommandException wrong) {
      return Finding.missing(subject, String.valueOf(wrong.getMessage()), "correct it");
    }
  }

  private Finding network(Path directory) {
    try {
      Config config = ServerArguments.config(directory, surroundings, List.of());
      return NetworkFinding.of(
          config.sandboxes(surroundings.home()).egress(), surroundings.environment());
    } catch (CommandException wrong) {
      return Finding.missing("network", String.valueOf(wrong.getMessage()), "correct it");
    }
  }

  private static Finding backend(SandboxBackend backend) throws InterruptedException {
    return switch (backend.availability()) {
      case Availability.Available(String detail) -> Finding.ok(backend.name(), detail);
      case Availability.Unavailable(String reason, String remedy) ->
          Finding.missing(backend.name(), reason, remedy);
    };
  }

  private List<Finding> clients(Path directory) throws IOException {
    var findings = new ArrayList<Finding>();
    KnownClient.Places places = surroundings.places(directory);
    for (KnownClient client : KnownClient.values()) {
      Path file = client.file(places);
      if (client.isConfigured(new ConfigFile(file).read())) {
        findings.add(Finding.ok(client.label(), "configured in " + file));
      } else if (client.isUsed(places)) {
        findings.add(
            Finding.note(
                client.label(),
                "not configured for Homeport",
                "`homeport init --client " + client.id() + "`"));
      }
    }
    if (findings.isEmpty()) {
      findings.add(Finding.note("clients", "none configured here", "`homeport init`"));
    }
    return findings;
  }

  private void print(List<Finding> findings) {
    var rows = new ArrayList<List<String>>();
    for (Finding finding : findings) {
      rows.add(List.of(finding.state().mark(), finding.subject(), finding.detail()));
      finding.remedy().ifPresent(remedy -> rows.add(List.of("", "", "-> " + remedy)));
    }
    TextTable.print(rows, surroundings.out());
  }
}
