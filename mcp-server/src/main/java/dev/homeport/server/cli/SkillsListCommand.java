package dev.homeport.server.cli;

import dev.homeport.server.SkillSettings;
import dev.homeport.skills.Skill;
import dev.homeport.skills.SkillCatalog;
import dev.homeport.skills.SkillHost;
import dev.homeport.skills.SkillProblem;
import dev.homeport.skills.SkillSnapshot;
import dev.homeport.skills.publish.PublishOutcome;
import dev.homeport.skills.publish.SkillPublisher;
import dev.homeport.skills.signature.SkillSignature;
import dev.homeport.skills.source.GitRevision;
import dev.homeport.skills.source.LockedSource;
import dev.homeport.skills.source.Shown;
import dev.homeport.skills.source.SkillLock;
import dev.homeport.skills.source.SourceException;
import dev.homeport.skills.store.SkillSources;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/// Tells which skills there are, and why one is not served as its author may expect.
@Command(
    name = "list",
    description = {
      "List the skills with where they come from and what is wrong with them.",
      "A skill that the protocol's Skills extension cannot carry is told with the reason; so is a"
          + " source of .homeport/skills.lock that is not fetched."
    })
final class SkillsListCommand implements Callable<Integer> {
  private static final int SHOWN = 100;
  private static final int SHORT_VERSION = 15;

  @Mixin private SkillRootOptions roots = new SkillRootOptions();

  @Option(names = "--json", description = "Print one JSON object, for programs.")
  private boolean json;

  private final Surroundings surroundings;

  SkillsListCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /// What `--json` prints.
  record Printed(List<Row> skills, List<String> problems, List<Source> sources) {
    /// A source of skills.
    ///
    /// @param version the commit, else the digest of the files
    /// @param state `fetched`, or what to do
    record Source(String name, String origin, String version, boolean pinned, String state) {}

    /// One skill.
    ///
    /// @param publish `as it is`, `rewritten`, or why it cannot be published
    /// @param signature `none`, or what it is worth
    /// @param withheld why it is not served; empty if it is
    record Row(
        String name,
        String description,
        String scope,
        String file,
        String publish,
        String signature,
        String withheld,
        List<String> unmet,
        List<String> problems) {}
  }

  @Override
  public Integer call() throws CommandException, IOException, InterruptedException {
    try (SkillCatalog catalog = roots.open(surroundings)) {
      SkillSnapshot snapshot = catalog.snapshot();
      SkillSettings settings = roots.settings(surroundings);
      settings.trustedSigners().problems().forEach(surroundings::say);
      var publisher = new SkillPublisher(catalog);
      var quarantine = settings.quarantine();
      var rows = new ArrayList<Printed.Row>();
      for (Skill skill : snapshot.skills()) {
        rows.add(
            row(
                skill,
                publisher.publish(skill),
                quarantine.signature(skill),
                quarantine.of(skill).withheld()));
      }
      List<String> problems = snapshot.problems().stream().map(SkillProblem::toString).toList();
      List<Printed.Source> sources = sources();
      if (json) {
        surroundings
            .out()
            .println(JsonMapper.shared().writeValueAsString(new Printed(rows, problems, sources)));
      } else {
        print(rows, problems);
        print(sources);
      }
    }
    return ExitCodes.DONE;
  }

  /// A lock file that cannot be read is one of the problems of the catalog.
  private List<Printed.Source> sources() throws IOException {
    Optional<SkillSources> sources =
        roots.namesDirectories() ? Optional.empty() : roots.sources(surroundings);
    var printed = new ArrayList<Printed.Source>();
    if (sources.isEmpty()) {
      return printed;
    }
    SkillLock lock;
    try {
      lock = sources.get().lock();
    } catch (SourceException broken) {
      return printed;
    }
    for (LockedSource source : lock.sources().values()) {
      printed.add(
          new Printed.Source(
              source.name().value(),
              Shown.of(source.origin().shown()),
              source.revision().map(GitRevision::commit).orElse(source.digest().toString()),
              source.isPinned(),
              sources.get().served(source).isPresent()
                  ? "fetched"
                  : "not fetched: run `homeport skills update`"));
    }
    return printed;
  }

  private void print(List<Printed.Source> sources) {
    var table = new ArrayList<List<String>>();
    for (Printed.Source source : sources) {
      table.add(
          List.of(
              source.name(),
              source.version().substring(0, SHORT_VERSION),
              source.pinned() ? "pinned" : "",
              source.state(),
              source.origin()));
    }
    if (!table.isEmpty()) {
      surroundings.out().println("Sources:");
      TextTable.print(table, surroundings.out());
    }
  }

  private static Printed.Row row(
      Skill skill, PublishOutcome outcome, SkillSignature signature, Optional<String> withheld) {
    String publish =
        switch (outcome) {
          case PublishOutcome.Published(var published) when published.changes().isEmpty() ->
              "as it is";
          case PublishOutcome.Published _ -> "rewritten";
          case PublishOutcome.Refused(_, var reason) -> reason;
        };
    return new Printed.Row(
        skill.name().value(),
        skill.description(),
        skill.location().root().scope().shown(),
        skill.location().shownFile(),
        publish,
        signature.text(),
        withheld.orElse(""),
        skill.metadata().requirements().unmet(SkillHost.current()),
        skill.problems().stream().map(SkillProblem::toString).toList());
  }

  private void print(List<Printed.Row> rows, List<String> problems) {
    var table = new ArrayList<List<String>>();
    for (Printed.Row row : rows) {
      table.add(List.of(row.name(), row.scope(), row.file(), shortened(row.description())));
      row.unmet().forEach(need -> table.add(List.of("", "", "", "-> missing here: " + need)));
      if (!row.publish().equals("as it is") && !row.publish().equals("rewritten")) {
        table.add(List.of("", "", "", "-> not published: " + row.publish()));
      }
      if (!row.signature().equals("none")) {
        table.add(List.of("", "", "", "-> signature: " + row.signature()));
      }
      if (!row.withheld().isEmpty()) {
        table.add(List.of("", "", "", "-> in quarantine: " + row.withheld()));
      }
    }
    TextTable.print(table, surroundings.out());
    problems.forEach(surroundings.out()::println);
    surroundings.out().println("%d skills, %d problems.".formatted(rows.size(), problems.size()));
  }

  private static String shortened(String text) {
    String line = text.replace('\n', ' ');
    return line.codePointCount(0, line.length()) <= SHOWN
        ? line
        : line.substring(0, line.offsetByCodePoints(0, SHOWN)) + "…";
  }
}
