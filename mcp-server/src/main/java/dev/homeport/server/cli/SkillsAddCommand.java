package dev.homeport.server.cli;

import dev.homeport.skills.source.LockedSource;
import dev.homeport.skills.source.SkillLock;
import dev.homeport.skills.source.SourceAddress;
import dev.homeport.skills.source.SourceException;
import dev.homeport.skills.source.SourceName;
import dev.homeport.skills.source.SourceOrigin;
import dev.homeport.skills.store.SkillSources;
import dev.homeport.skills.store.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Takes the skills of others into the workspace.
@Command(
    name = "add",
    description = {
      "Take skills from git, a directory, or the index that a site publishes.",
      "Fetches and scans them, shows what they are, and asks. What is agreed to is pinned in"
          + " .homeport/skills.lock; nothing changes until `homeport skills update`."
    })
final class SkillsAddCommand implements Callable<Integer> {
  @Mixin private SourceOptions options = new SourceOptions();
  @Mixin private ConsentOptions consent = new ConsentOptions();

  @Parameters(
      paramLabel = "SOURCE",
      description =
          "https://host/repository, user@host:repository, file:///repository, a directory, or"
              + " https://host/.well-known/agent-skills/index.json.")
  private String source = "";

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "What to call it here. Default: the last name in SOURCE or --path.")
  private Optional<String> name = Optional.empty();

  @Option(
      names = "--ref",
      paramLabel = "REF",
      defaultValue = "",
      description = "A branch or tag to follow, or a commit. Default: the default branch.")
  private String ref = "";

  @Option(
      names = "--path",
      paramLabel = "DIR",
      defaultValue = "",
      description = "Only this directory of it.")
  private String path = "";

  @Option(names = "--pin", description = "Let updates pass it over.")
  private boolean pin;

  private final Surroundings surroundings;

  SkillsAddCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws CommandException, IOException, InterruptedException {
    SkillSources sources = options.open(surroundings);
    SourceOrigin origin = origin();
    SourceName called = name.isPresent() ? SourceName.parse(name.get()) : origin.name();
    requireNew(sources.lock(), called, origin);
    SourceTree tree = sources.newest(origin, consent.isOffline());
    var added = new LockedSource(called, origin, tree.revision(), tree.digest(), pin);
    boolean isTaken =
        options
            .consent(surroundings, sources, consent)
            .take(Optional.empty(), added, tree, "Add '" + called + "'?");
    if (!isTaken) {
      return ExitCodes.FAILED;
    }
    surroundings.out().println("added '" + called + "'");
    return ExitCodes.DONE;
  }

  private SourceOrigin origin() throws IOException, CommandException {
    Optional<SourceOrigin> address = SourceAddress.parse(source, ref, path);
    if (address.isPresent()) {
      return address.get();
    }
    if (!ref.isEmpty()) {
      throw new CommandException(
          ExitCodes.USAGE, "--ref is for git repositories; give this one as file:///its/path");
    }
    Path given = Path.of(source).resolve(path);
    Path directory = surroundings.directory().resolve(given).normalize();
    if (!Files.isDirectory(directory)) {
      throw new SourceException(
          "'%s' is neither an address nor a directory; a repository on GitHub is".formatted(source)
              + " https://github.com/owner/repository");
    }
    Path workspace = options.workspace(surroundings);
    String stored =
        given.isAbsolute() ? directory.toString() : workspace.relativize(directory).toString();
    return new SourceOrigin.Directory(stored.isEmpty() ? "." : stored);
  }

  private static void requireNew(SkillLock lock, SourceName name, SourceOrigin origin)
      throws CommandException {
    Optional<LockedSource> there = lock.find(name);
    if (there.isEmpty()) {
      return;
    }
    throw new CommandException(
        ExitCodes.FAILED,
        there.get().origin().equals(origin)
            ? "'%s' is there already; `homeport skills update %s` fetches what is new"
                .formatted(name, name)
            : "there is another source '%s', %s; give this one another name with --name"
                .formatted(name, there.get().origin().shown()));
  }
}
