package dev.homeport.server.cli;

import dev.homeport.server.SkillSettings;
import dev.homeport.skills.SkillCatalog;
import dev.homeport.skills.usage.SkillUsage;
import dev.homeport.skills.usage.UsageReport;
import java.io.IOException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/// Tells which skills are of use.
@Command(
    name = "stats",
    description = {
      "Show how often each skill was found by a search and loaded, in all workspaces.",
      "Counted for a year, on this machine only; skills that were never used are listed as well."
    })
final class SkillsStatsCommand implements Callable<Integer> {
  @Mixin private WorkspaceOption workspace = new WorkspaceOption();

  @Option(names = "--json", description = "Print one JSON object, for programs.")
  private boolean json;

  @Option(names = "--reset", description = "Forget all counts instead.")
  private boolean reset;

  private final Surroundings surroundings;

  SkillsStatsCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /// What `--json` prints.
  record Printed(List<UsageReport.Row> skills, long nothingFound, String since) {}

  @Override
  public Integer call() throws CommandException, IOException, InterruptedException {
    SkillSettings settings = SkillRootOptions.settings(workspace.of(surroundings), surroundings);
    SkillUsage usage = SkillSettings.usage(settings.user());
    if (reset) {
      usage.reset();
      return ExitCodes.DONE;
    }
    UsageReport counted = usage.report();
    var report =
        new UsageReport(
            withUnused(counted.skills(), settings), counted.nothingFound(), counted.since());
    String since = report.since().map(YearMonth::toString).orElse("");
    if (json) {
      surroundings
          .out()
          .println(
              JsonMapper.shared()
                  .writeValueAsString(new Printed(report.skills(), report.nothingFound(), since)));
    } else {
      print(report, since);
    }
    return ExitCodes.DONE;
  }

  private static List<UsageReport.Row> withUnused(
      List<UsageReport.Row> counted, SkillSettings settings)
      throws IOException, InterruptedException {
    var rows = new LinkedHashMap<String, UsageReport.Row>();
    counted.forEach(row -> rows.put(row.name(), row));
    try (SkillCatalog catalog = settings.catalog(settings.roots())) {
      catalog
          .snapshot()
          .skills()
          .forEach(skill ->
              rows.putIfAbsent(
                  skill.name().value(), new UsageReport.Row(skill.name().value(), 0, 0, 0)));
    }
    return List.copyOf(rows.values());
  }

  private void print(UsageReport report, String since) {
    var table = new ArrayList<List<String>>();
    table.add(List.of("skill", "loaded", "found", "files missing"));
    report
        .skills()
        .forEach(row ->
            table.add(
                List.of(
                    row.name(),
                    String.valueOf(row.loaded()),
                    String.valueOf(row.found()),
                    String.valueOf(row.filesMissing()))));
    TextTable.print(table, surroundings.out());
    long unused = report.skills().stream().filter(row -> row.loaded() == 0).count();
    surroundings
        .out()
        .println(
            "%d of %d skills were never loaded; %d searches found none%s."
                .formatted(
                    unused,
                    report.skills().size(),
                    report.nothingFound(),
                    since.isEmpty() ? "" : ", since " + since));
  }
}
