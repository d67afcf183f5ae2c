package dev.homeport.server.cli;

import dev.homeport.server.SkillSettings;
import dev.homeport.skills.report.Severity;
import dev.homeport.skills.source.LockedSource;
import dev.homeport.skills.source.Shown;
import dev.homeport.skills.store.FileChange;
import dev.homeport.skills.store.SkillSources;
import dev.homeport.skills.store.SourceReview;
import dev.homeport.skills.store.SourceTree;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Shows what a version of a source brings, and takes it over if the user agrees.
final class SourceConsent {
  private static final int SHOWN_LINES = 200;
  private static final int SHOWN_FILES = 100;
  private static final int SHOWN_CHARACTERS = 100;

  private final Surroundings surroundings;
  private final SkillSources sources;
  private final ConsentOptions options;
  private final SkillSettings settings;
  private final Question question;

  /// @param workspace the workspace of the sources
  SourceConsent(
      Surroundings surroundings, Path workspace, SkillSources sources, ConsentOptions options)
      throws CommandException {
    this.surroundings = surroundings;
    this.sources = sources;
    this.options = options;
    this.settings = SkillRootOptions.settings(workspace, surroundings);
    this.question = new Question(surroundings);
  }

  /// Takes a version over, if the user agrees to it.
  ///
  /// @param before what the lock file says of the source, if it names it
  /// @param after what it would say
  /// @param tree the version
  /// @param asked the question, such as `Add 'x'?`
  /// @return whether it was taken over
  /// @throws CommandException if there is something that a yes alone is not enough for
  boolean take(Optional<LockedSource> before, LockedSource after, SourceTree tree, String asked)
      throws CommandException, IOException, InterruptedException {
    Optional<Path> served = before.isPresent() ? sources.served(before.get()) : Optional.empty();
    SourceReview review =
        SourceReview.of(after.name(), tree, served, settings.secrets(), settings.signatures());
    show(after, tree, review);
    served.ifPresent(old ->
        surroundings.err().println("all of it: diff -ru %s %s".formatted(old, tree.directory())));
    if (review.skills().isEmpty()) {
      throw new CommandException(
          ExitCodes.FAILED,
          "none of the skills of '%s' can be read; nothing was changed".formatted(after.name()));
    }
    long high = review.scan().count(Severity.ERROR);
    if (high > 0 && !options.acceptsFindings()) {
      throw new CommandException(
          ExitCodes.FAILED,
          "'%s' has findings of high severity (%d); nothing was changed. Look at them, and pass"
                  .formatted(after.name(), high)
              + " --accept-findings if you accept them");
    }
    if (!options.isGiven() && !question.ask(asked)) {
      surroundings.say(
          "'%s': nothing was changed (--yes agrees without a question)".formatted(after.name()));
      return false;
    }
    sources.agree(before, after);
    return true;
  }

  private void show(LockedSource source, SourceTree tree, SourceReview review) {
    PrintStream err = surroundings.err();
    err.println(
        "%s: %s%s"
            .formatted(
                source.name(),
                Shown.of(source.origin().shown()),
                source.revision().map(revision -> " at " + revision.shown()).orElse("")));
    for (SourceReview.Reviewed skill : review.skills()) {
      err.println("  %s: %s".formatted(skill.name(), shortened(skill.description())));
      skill.refused().ifPresent(reason -> err.println("    -> not published: " + reason));
    }
    review.problems().forEach(problem -> err.println(Shown.of(problem.toString())));
    tree.notes().forEach(note -> err.println("note: " + note));
    review.changes().ifPresent(changes -> show(changes, err));
    review.scan().findings().forEach(finding -> err.println(Shown.of(finding.toString())));
    err.println(ScanTexts.summary(review.scan(), 0));
  }

  private static void show(List<FileChange> changes, PrintStream err) {
    for (FileChange change : changes.stream().limit(SHOWN_FILES).toList()) {
      String kind =
          switch (change.kind()) {
            case NEW -> "new";
            case CHANGED -> "changed";
            case GONE -> "gone";
          };
      err.println(kind + " " + Shown.of(change.path()));
      change.lines().stream().limit(SHOWN_LINES).forEach(line -> err.println("    " + line));
      if (change.lines().size() > SHOWN_LINES) {
        err.println("    (and %,d lines more)".formatted(change.lines().size() - SHOWN_LINES));
      }
    }
    if (changes.size() > SHOWN_FILES) {
      err.println("(and %,d files more)".formatted(changes.size() - SHOWN_FILES));
    }
  }

  private static String shortened(String text) {
    String line = Shown.of(text.replace('\n', ' '));
    return line.codePointCount(0, line.length()) <= SHOWN_CHARACTERS
        ? line
        : line.substring(0, line.offsetByCodePoints(0, SHOWN_CHARACTERS)) + "…";
  }
}
