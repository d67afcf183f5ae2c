package dev.homeport.skills.store;

import dev.homeport.skills.Skill;
import dev.homeport.skills.SkillCatalog;
import dev.homeport.skills.SkillHost;
import dev.homeport.skills.SkillProblem;
import dev.homeport.skills.SkillSnapshot;
import dev.homeport.skills.SkillsConfig;
import dev.homeport.skills.SkillsConfig.Root;
import dev.homeport.skills.publish.PublishOutcome;
import dev.homeport.skills.publish.SkillPublisher;
import dev.homeport.skills.scan.ScanBaseline;
import dev.homeport.skills.scan.ScanReport;
import dev.homeport.skills.scan.SecretDetector;
import dev.homeport.skills.scan.SkillScan;
import dev.homeport.skills.signature.SignatureVerifier;
import dev.homeport.skills.source.SourceName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a person should know about a version of a source before they agree to it.
///
/// @param skills the skills that would be served
/// @param problems what is wrong with them
/// @param changes what differs from the version that is served now; empty if none is
/// @param scan what a scan found, without what it finds in files that are served already
public record SourceReview(
    List<Reviewed> skills,
    List<SkillProblem> problems,
    Optional<List<FileChange>> changes,
    ScanReport scan) {
  /// A skill of the source.
  ///
  /// @param refused why it cannot be published to clients that read skills by the protocol, if so
  public record Reviewed(String name, String description, Optional<String> refused) {}

  /// Copies the lists.
  public SourceReview {
    skills = List.copyOf(skills);
    problems = List.copyOf(problems);
    changes = changes.map(List::copyOf);
  }

  /// Looks at a version. Nothing of it is run or served.
  ///
  /// @param before the version that is served now
  public static SourceReview of(
      SourceName name,
      SourceTree tree,
      Optional<Path> before,
      SecretDetector secrets,
      SignatureVerifier signatures)
      throws IOException, InterruptedException {
    try (SkillCatalog catalog = catalog(name, tree.directory())) {
      SkillSnapshot snapshot = catalog.snapshot();
      ScanReport scan = SkillScan.of(catalog, secrets, signatures);
      if (before.isPresent()) {
        try (SkillCatalog served = catalog(name, before.get())) {
          scan = scan.without(ScanBaseline.of(SkillScan.of(served, secrets, signatures)));
        }
      }
      return new SourceReview(
          reviewed(catalog),
          snapshot.problems(),
          before.isPresent()
              ? Optional.of(FileChange.between(before.get(), tree.directory()))
              : Optional.empty(),
          scan);
    }
  }

  static SkillCatalog catalog(SourceName name, Path directory) {
    var root = Root.source(name.value(), directory);
    return SkillCatalog.open(
        new SkillsConfig(List.of(root), SkillsConfig.DEFAULT_MAX_DIRECTORIES), SkillHost.current());
  }

  private static List<Reviewed> reviewed(SkillCatalog catalog)
      throws IOException, InterruptedException {
    var publisher = new SkillPublisher(catalog);
    var all = new ArrayList<Reviewed>();
    for (Skill skill : catalog.snapshot().skills()) {
      Optional<String> refused =
          switch (publisher.publish(skill)) {
            case PublishOutcome.Published _ -> Optional.empty();
            case PublishOutcome.Refused(_, var reason) -> Optional.of(reason);
          };
      all.add(new Reviewed(skill.name().value(), skill.description(), refused));
    }
    return all;
  }
}
