package dev.homeport.server.cli;

import dev.homeport.skills.source.GitRevision;
import dev.homeport.skills.source.LockedSource;
import dev.homeport.skills.source.SourceAddress;
import dev.homeport.skills.source.SourceOrigin;
import dev.homeport.skills.store.SkillSources;
import dev.homeport.skills.store.SourceTree;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Keeps a source at one version.
@Command(
    name = "pin",
    description = {
      "Let updates pass a source over: it stays at its version, or goes to the one that is named.",
      "Going to another version shows the difference and asks, as an update does."
    })
final class SkillsPinCommand implements Callable<Integer> {
  @Mixin private SourceOptions options = new SourceOptions();
  @Mixin private ConsentOptions consent = new ConsentOptions();

  @Parameters(index = "0", paramLabel = "NAME", description = "The source.")
  private String name = "";

  @Parameters(
      index = "1",
      paramLabel = "REF",
      arity = "0..1",
      description = "A commit, tag or branch to go to. Default: the version that is locked.")
  private Optional<String> ref = Optional.empty();

  @Option(names = "--off", description = "Let updates change it again.")
  private boolean off;

  private final Surroundings surroundings;

  SkillsPinCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws CommandException, IOException, InterruptedException {
    if (off && ref.isPresent()) {
      throw new CommandException(ExitCodes.USAGE, "--off takes no REF");
    }
    SkillSources sources = options.open(surroundings);
    LockedSource before = SourceOptions.find(sources.lock(), name);
    if (ref.isPresent()) {
      return goTo(ref.get(), before, sources);
    }
    sources.pin(before, !off);
    surroundings
        .out()
        .println(
            off
                ? "'%s' is updated again".formatted(before.name())
                : "'%s' stays at %s"
                    .formatted(
                        before.name(),
                        before
                            .revision()
                            .map(GitRevision::shown)
                            .orElse("the version that is locked")));
    return ExitCodes.DONE;
  }

  private Integer goTo(String wanted, LockedSource before, SkillSources sources)
      throws CommandException, IOException, InterruptedException {
    if (!(before.origin() instanceof SourceOrigin.Git git)) {
      throw new CommandException(
          ExitCodes.USAGE, "'" + before.name() + "' is no git repository and has one version only");
    }
    SourceOrigin.Git there = SourceAddress.git(git.url(), wanted, git.path().toString());
    SourceTree tree = sources.newest(there, consent.isOffline());
    var pinned =
        new LockedSource(before.name(), before.origin(), tree.revision(), tree.digest(), true);
    boolean isTaken =
        options
            .consent(surroundings, sources, consent)
            .take(Optional.of(before), pinned, tree, "Pin '" + before.name() + "' to it?");
    if (!isTaken) {
      return ExitCodes.FAILED;
    }
    surroundings
        .out()
        .println(
            "'%s' stays at %s"
                .formatted(pinned.name(), tree.revision().map(GitRevision::shown).orElse(wanted)));
    return ExitCodes.DONE;
  }
}
