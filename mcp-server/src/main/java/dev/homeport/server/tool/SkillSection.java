package dev.homeport.server.tool;

import dev.homeport.skills.SkillCatalog;
import dev.homeport.skills.SkillListing;
import dev.homeport.skills.SkillReview;
import dev.homeport.skills.SkillSnapshot;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.util.Optional;

/// What `wake` says of skills: where none could be looked for, then the skills on offer. Of what is
/// in quarantine, or cannot be looked at, no description is shown.
///
/// @param catalog opened on first use
public record SkillSection(Lazy<SkillCatalog> catalog) implements WakeReport.SkillListingSource {
  @Override
  public String list(Optional<WorkspacePath> file, int tokens)
      throws IOException, InterruptedException {
    SkillCatalog skills = catalog.get();
    SkillSnapshot snapshot = skills.snapshot();
    SkillReview review = skills::verdict;
    String unreadable = SkillTexts.unreadable(snapshot);
    return unreadable
        + SkillListing.of(
                SkillListing.suiting(file, snapshot.offered()),
                Math.max(0, tokens - unreadable.length() / 4),
                review.orWithheld())
            .text();
  }
}
