package dev.homeport.skills;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/// The skills of one agent: found below several roots, kept up to date, searched, loaded and read.
///
/// Nothing is read when a catalog is opened. Each call first looks whether files have changed; what
/// changed is read again, everything else stays. A skill that an edit broke keeps its last good
/// version until it is mended. Thread-safe.
public final class SkillCatalog {
  /// How long a call waits for another one that is reading.
  private static final long WAIT_SECONDS = 30;

  private final SkillsConfig config;
  private final SkillHost host;
  private final ReentrantLock reading = new ReentrantLock();
  private final SkillFiles files = new SkillFiles();
  private volatile SkillSnapshot current = SkillSnapshot.EMPTY;

  private SkillCatalog(SkillsConfig config, SkillHost host) {
    this.config = config;
    this.host = host;
  }

  /// A catalog of some roots; those that do not exist yet may come later.
  ///
  /// @param host the machine that requirements of skills are checked against
  public static SkillCatalog open(SkillsConfig config, SkillHost host) {
    return new SkillCatalog(config, host);
  }

  /// All skills as they stand now; the same object as before if nothing changed.
  ///
  /// While another call reads for longer than 30 seconds, the last snapshot is given.
  public SkillSnapshot snapshot() throws InterruptedException {
    if (!reading.tryLock(WAIT_SECONDS, TimeUnit.SECONDS)) {
      return current;
    }
    try {
      var found = SkillDiscovery.run(config);
      if (files.update(found)) {
        current = SkillSnapshot.of(files.skills(), files.problems());
      }
      return current;
    } finally {
      reading.unlock();
    }
  }

  /// The skills on offer as a short text, within a budget as far as [SkillListing] can keep it.
  public SkillListing listing(int budgetTokens) throws InterruptedException {
    return SkillListing.of(snapshot().offered(), budgetTokens);
  }

  /// The instructions of a skill, ready for an agent.
  ///
  /// @param name the skill
  /// @param arguments what the skill is called with; may be empty
  /// @param variables values of `${NAME}` in the body, such as `CLAUDE_SESSION_ID`;
  ///   `CLAUDE_SKILL_DIR` is always set
  public SkillLoadOutcome load(String name, String arguments, Map<String, String> variables)
      throws IOException, InterruptedException {
    SkillSnapshot snapshot = snapshot();
    var skill = snapshot.find(name);
    if (skill.isEmpty()) {
      return new SkillLoadOutcome.Unknown(snapshot.nearest(name, SkillSnapshot.NEAREST));
    }
    return new SkillLoader(skill.get(), host).load(arguments, variables);
  }

  /// A file of a skill, or a part of one.
  public SkillReadOutcome read(SkillRead request) throws IOException, InterruptedException {
    SkillSnapshot snapshot = snapshot();
    var skill = snapshot.find(request.name());
    if (skill.isEmpty()) {
      return new SkillReadOutcome.UnknownSkill(
          snapshot.nearest(request.name(), SkillSnapshot.NEAREST));
    }
    return new SkillReader(skill.get()).read(request);
  }
}
