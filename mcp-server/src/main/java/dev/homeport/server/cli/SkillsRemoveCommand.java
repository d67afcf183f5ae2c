package dev.homeport.server.cli;

import dev.homeport.skills.source.LockedSource;
import dev.homeport.skills.store.SkillSources;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Takes sources of skills out of the workspace.
@Command(
    name = "remove",
    description = {
      "Remove sources of skills from .homeport/skills.lock; their skills are not served any more.",
      "Adding one again takes its newest version."
    })
final class SkillsRemoveCommand implements Callable<Integer> {
  @Mixin private SourceOptions options = new SourceOptions();

  @Parameters(paramLabel = "NAME", arity = "1..*", description = "The sources, by name.")
  private List<String> names = List.of();

  private final Surroundings surroundings;

  SkillsRemoveCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws CommandException, IOException, InterruptedException {
    SkillSources sources = options.open(surroundings);
    var removed = new ArrayList<LockedSource>();
    for (String name : names) {
      removed.add(SourceOptions.find(sources.lock(), name));
    }
    for (LockedSource source : removed) {
      sources.remove(source);
      surroundings.out().println("removed '" + source.name() + "'");
    }
    return ExitCodes.DONE;
  }
}
