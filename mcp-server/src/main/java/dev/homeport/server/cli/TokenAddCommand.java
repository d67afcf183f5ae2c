package dev.homeport.server.cli;

import dev.homeport.server.identity.BearerToken;
import dev.homeport.server.identity.Grant;
import dev.homeport.server.identity.Grants;
import dev.homeport.server.identity.PrincipalName;
import dev.homeport.server.tool.Toolset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Lets somebody in.
@Command(
    name = "add",
    description = {
      "Let somebody use `homeport serve` with one workspace, and print their token, once.",
      "Only its hash is kept. A second one for the same name takes the place of the first."
    })
final class TokenAddCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "NAME", description = "Who, such as alice.")
  private String name = "";

  @Mixin private WorkspaceOption workspace = new WorkspaceOption();

  @Option(
      names = "--toolsets",
      paramLabel = "NAME",
      split = ",",
      description = "Only these groups of tools. Default: all.")
  private List<String> toolsets = List.of();

  @Option(names = "--read-only", description = "Only tools that change nothing.")
  private boolean readOnly;

  @Option(
      names = "--days",
      paramLabel = "DAYS",
      description = "How long it counts. Default: always.")
  private Optional<Integer> days = Optional.empty();

  @Option(
      names = "--subject",
      paramLabel = "SUB",
      description = "No token: they come with one of serve.issuer whose claim `sub` is this.")
  private Optional<String> subject = Optional.empty();

  private final Surroundings surroundings;

  TokenAddCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws CommandException, IOException {
    PrincipalName principal = TokenFiles.name(name);
    Path directory = surroundings.workspace(workspace.given());
    if (!Files.isDirectory(directory)) {
      throw new CommandException(
          ExitCodes.FAILED, "the workspace " + directory + " is no directory; create it first");
    }
    if (days.isPresent() && days.get() < 1) {
      throw new CommandException(
          ExitCodes.USAGE, "--days is " + days.get() + ", but must be 1 or more");
    }
    var grants = new Grants(TokenFiles.directory(surroundings));
    String token = BearerToken.random();
    Grant.Proof proof =
        subject
            .<Grant.Proof>map(Grant.Proof.Subject::new)
            .orElseGet(() -> BearerToken.proof(token));
    for (Grant other : grants.all()) {
      if (other.proof().equals(proof) && !other.name().equals(principal)) {
        throw new CommandException(
            ExitCodes.FAILED, "that subject is known here as " + other.name() + " already");
      }
    }
    Instant now = Instant.now();
    Set<Toolset> selected =
        new ServerArguments(Optional.empty(), toolsets, readOnly, Optional.empty(), List.of())
            .selected();
    grants.put(
        new Grant(
            principal,
            directory.toRealPath(),
            selected,
            readOnly,
            proof,
            now,
            days.map(count -> now.plus(Duration.ofDays(count)))));
    if (subject.isPresent()) {
      surroundings.say(principal + " may come in with a token of serve.issuer");
    } else {
      surroundings.out().println(token);
      surroundings.say(
          "this is the token of %s, shown this once: clients send `Authorization: Bearer TOKEN`"
              .formatted(principal));
    }
    return ExitCodes.DONE;
  }
}
