package dev.homeport.server.cli;

import dev.homeport.skills.SkillCatalog;
import dev.homeport.skills.eval.EvalQueries;
import dev.homeport.skills.eval.EvalReport;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Asks search the questions that skills bring along.
@Command(
    name = "eval",
    description = {
      "Ask search every question in the evals/ of the skills; no model is needed.",
      "Exits 1 if the wanted skill comes first less often than --min says."
    })
final class SkillsEvalCommand implements Callable<Integer> {
  private static final int SHOWN = 3;

  @Mixin private SkillRootOptions roots = new SkillRootOptions();

  @Option(
      names = "--min",
      paramLabel = "SHARE",
      defaultValue = "0",
      description = "The least share of questions, 0 to 1, for which the wanted skill comes first.")
  private double least;

  private final Surroundings surroundings;

  SkillsEvalCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws CommandException, IOException, InterruptedException {
    try (SkillCatalog catalog = roots.open(surroundings)) {
      EvalReport report = EvalReport.of(catalog.snapshot(), EvalQueries.of(catalog));
      for (EvalReport.EvalMiss miss : report.misses()) {
        surroundings
            .out()
            .printf(
                "%s '%s': %s%s%n",
                miss.query().shouldTrigger() ? "wanted" : "unwanted",
                miss.query().skill(),
                miss.fits() ? "" : "none fits; nearest ",
                String.join(", ", miss.found().stream().limit(SHOWN).toList()));
      }
      surroundings
          .out()
          .printf(
              Locale.ROOT,
              "%d questions: the wanted skill first for %d of %d, among ten for %d, nothing offered"
                  + " for %d; unwanted ones left out for %d of %d.%n",
              report.wanted() + report.unwanted(),
              report.first(),
              report.wanted(),
              report.amongTen(),
              report.silent(),
              report.quiet(),
              report.unwanted());
      return report.first() >= least * report.wanted() ? ExitCodes.DONE : ExitCodes.FAILED;
    }
  }
}
