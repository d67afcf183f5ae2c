package dev.homeport.server.cli;

import dev.homeport.skills.source.LockedSource;
import dev.homeport.skills.source.SkillLock;
import dev.homeport.skills.source.SourceException;
import dev.homeport.skills.store.Import;
import dev.homeport.skills.store.Imports;
import dev.homeport.skills.store.SkillSources;
import dev.homeport.skills.store.SourceTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Brings sources of skills up to date.
@Command(
    name = "update",
    description = {
      "Fetch what .homeport/skills.lock names and is not here yet, as it is locked there; bring"
          + " what is here to the newest version, unless it is pinned. Import what a"
          + " skills-lock.json names.",
      "Shows the difference and what a scan finds, and asks for each source."
    })
final class SkillsUpdateCommand implements Callable<Integer> {
  @Mixin private SourceOptions options = new SourceOptions();
  @Mixin private ConsentOptions consent = new ConsentOptions();

  @Parameters(
      paramLabel = "NAME",
      arity = "0..*",
      description = "The sources, by name. Default: all.")
  private List<String> names = List.of();

  private final Surroundings surroundings;

  SkillsUpdateCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws CommandException, IOException, InterruptedException {
    SkillSources sources = options.open(surroundings);
    SkillLock lock = sources.lock();
    var wanted = new ArrayList<LockedSource>();
    for (String name : names) {
      wanted.add(SourceOptions.find(lock, name));
    }
    SourceConsent asking = options.consent(surroundings, sources, consent);
    boolean allDone = true;
    for (LockedSource source : names.isEmpty() ? lock.sources().values() : wanted) {
      allDone &= update(source, sources, asking);
    }
    if (names.isEmpty()) {
      allDone &= importAll(sources, asking);
    }
    return allDone ? ExitCodes.DONE : ExitCodes.FAILED;
  }

  /// One source that fails keeps no other from its update.
  private boolean update(LockedSource source, SkillSources sources, SourceConsent asking)
      throws IOException, InterruptedException {
    try {
      if (sources.served(source).isEmpty()) {
        return fetch(source, sources.locked(source, consent.isOffline()), asking);
      }
      if (source.isPinned()) {
        surroundings.out().println("'%s' is pinned".formatted(source.name()));
        return true;
      }
      SourceTree tree = sources.newest(source.origin(), consent.isOffline());
      if (tree.digest().equals(source.digest())) {
        surroundings.out().println("'%s' is up to date".formatted(source.name()));
        return true;
      }
      return take(source, tree, "Update '" + source.name() + "' to it?", "updated", asking);
    } catch (SourceException | CommandException told) {
      surroundings.say(told.getMessage() + "");
      return false;
    }
  }

  /// Takes over what a `skills-lock.json` names; what cannot be fetched is told and left to others.
  private boolean importAll(SkillSources sources, SourceConsent asking)
      throws IOException, InterruptedException {
    Imports found = sources.imports();
    found.obstacles().forEach(surroundings::say);
    boolean allDone = true;
    for (Import named : found.imports()) {
      try {
        SourceTree tree = sources.newest(named.origin(), consent.isOffline());
        if (!sources.isAsNamed(named, tree)) {
          surroundings.say(
              "'%s' is another version than skills-lock.json was written for"
                  .formatted(named.name()));
        }
        var source =
            new LockedSource(named.name(), named.origin(), tree.revision(), tree.digest(), false);
        boolean isTaken =
            asking.take(Optional.empty(), source, tree, "Import '" + named.name() + "'?");
        allDone &= isTaken;
        if (isTaken) {
          surroundings.out().println("imported '%s'".formatted(named.name()));
        }
      } catch (SourceException | CommandException told) {
        surroundings.say(told.getMessage() + "");
        allDone = false;
      }
    }
    return allDone;
  }

  private boolean fetch(LockedSource source, SourceTree tree, SourceConsent asking)
      throws CommandException, IOException, InterruptedException {
    if (!tree.digest().equals(source.digest())) {
      surroundings.say(
          "'%s' has changed since it was locked, and no older version can be had"
              .formatted(source.name()));
    }
    return take(source, tree, "Serve '" + source.name() + "' here?", "fetched", asking);
  }

  private boolean take(
      LockedSource before, SourceTree tree, String asked, String done, SourceConsent asking)
      throws CommandException, IOException, InterruptedException {
    var after =
        new LockedSource(
            before.name(), before.origin(), tree.revision(), tree.digest(), before.isPinned());
    boolean isTaken = asking.take(Optional.of(before), after, tree, asked);
    if (isTaken) {
      surroundings.out().println("%s '%s'".formatted(done, before.name()));
    }
    return isTaken;
  }
}
