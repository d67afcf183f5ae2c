package dev.homeport.server.skills;

import dev.homeport.skills.Skill;
import dev.homeport.skills.SkillCatalog;
import dev.homeport.skills.SkillListing;
import dev.homeport.skills.SkillReview;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// Writes down which skills there are, for the instructions of the next run, in the background.
/// Thread-safe.
///
/// Only skills that passed their review are told of. Descriptions are cut and dropped first; names
/// only where there are too many to be told at all, and then it says so.
public final class SkillNoticeWriter implements AutoCloseable {
  /// What the descriptions may fill, names included, in tokens of four characters.
  private static final int TOKENS = 1_000;

  /// The names of more skills than fill so many characters are not told.
  private static final int MOST_CHARACTERS = 8_000;

  private static final int CLOSE_SECONDS = 1;

  private final SkillNotice notice;
  private final AtomicBoolean isWanted = new AtomicBoolean();
  private final ExecutorService writing =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("skill-notice").factory());
  private volatile boolean isClosing;

  /// What the reviews said; of the writing thread alone.
  private Map<Skill, Boolean> passed = Map.of();

  /// @param notice where it is written
  public SkillNoticeWriter(SkillNotice notice) {
    this.notice = notice;
  }

  /// Has it written anew, as the skills may be others now. Returns at once.
  public void changed(SkillCatalog catalog) {
    if (isWanted.compareAndSet(false, true)) {
      try {
        writing.execute(() -> {
          isWanted.set(false);
          write(catalog);
        });
      } catch (RejectedExecutionException closed) {
        log().log(Level.DEBUG, "closed");
      }
    }
  }

  private void write(SkillCatalog catalog) {
    try {
      List<Skill> offered = SkillListing.suiting(Optional.empty(), catalog.snapshot().offered());
      var reviewed = new HashMap<Skill, Boolean>();
      var told = new ArrayList<Skill>();
      int characters = 0;
      for (Skill skill : offered) {
        characters += skill.name().value().length();
        if (isClosing || characters > MOST_CHARACTERS) {
          break;
        }
        reviewed.put(skill, passes(catalog, skill));
        if (reviewed.get(skill)) {
          told.add(skill);
        }
      }
      passed = reviewed;
      // What a hurried end leaves half done is better than nothing, but no better than the last.
      if (!isClosing || notice.text().isEmpty()) {
        notice.keep(text(told, offered.size() - reviewed.size()));
      }
    } catch (IOException e) {
      log().log(Level.WARNING, "the next run will name no skills: {0}", e.getMessage());
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean passes(SkillCatalog catalog, Skill skill)
      throws IOException, InterruptedException {
    Boolean known = passed.get(skill);
    if (known != null) {
      return known;
    }
    SkillReview review = catalog::verdict;
    return review.orWithheld().of(skill).withheld().isEmpty();
  }

  private static String text(List<Skill> told, int others)
      throws IOException, InterruptedException {
    if (told.isEmpty()) {
      return "";
    }
    String rest = others == 0 ? "" : "(and %,d more: skill_search finds them)\n".formatted(others);
    int tokens = others == 0 ? TOKENS : 0;
    return "Skills of the last run, for skill_load:\n"
        + SkillListing.of(told, tokens, SkillReview.NONE).text()
        + rest;
  }

  private static System.Logger log() {
    return System.getLogger(SkillNoticeWriter.class.getName());
  }

  /// Goes on for a second at most, then writes what is known so far, and ends.
  @Override
  public void close() {
    writing.shutdown();
    try {
      if (!writing.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        isClosing = true;
        writing.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
    writing.shutdownNow();
  }
}
