package dev.homeport.server.skills;

import dev.homeport.server.tool.Lazy;
import dev.homeport.skills.SkillCatalog;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// The catalog for lists that clients ask for at their start, and that must not wait for it: who
/// asks first gets nothing, and is told when it is open. Thread-safe.
public final class OpenSkills {
  private final Lazy<SkillCatalog> catalog;
  private final Runnable changed;
  private final AtomicBoolean opening = new AtomicBoolean();

  /// @param catalog opened in the background when it is first asked for
  /// @param changed tells clients that their lists are others now
  public OpenSkills(Lazy<SkillCatalog> catalog, Runnable changed) {
    this.catalog = catalog;
    this.changed = changed;
  }

  /// The catalog if it is open.
  Optional<SkillCatalog> get() {
    Optional<SkillCatalog> opened = catalog.opened();
    if (opened.isEmpty() && opening.compareAndSet(false, true)) {
      Thread.ofVirtual().name("skills-open").start(this::open);
    }
    return opened;
  }

  /// The catalog, opened now if it is not open yet.
  SkillCatalog await() throws IOException, InterruptedException {
    return catalog.get();
  }

  private void open() {
    try {
      if (!catalog.get().snapshot().skills().isEmpty()) {
        changed.run();
      }
    } catch (IOException failure) {
      System.getLogger(OpenSkills.class.getName())
          .log(Level.WARNING, "no skills in lists: {0}", failure.getMessage());
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }
}
