package dev.homeport.skills;

import dev.homeport.skills.SkillFiles.Replaced;
import java.lang.System.Logger.Level;
import java.util.List;

/// Takes an edit in that nobody made, and forgets it: the first real one finds the code loaded and
/// is told without delay.
final class Rehearsal {
  private Rehearsal() {}

  /// Rehearses with any skill of a snapshot.
  ///
  /// @param tree where its directory is kept
  /// @param files where its file is kept
  static void of(SkillSnapshot snapshot, SkillTree tree, SkillFiles files)
      throws InterruptedException {
    if (snapshot.offered().isEmpty()) {
      return;
    }
    Skill any = snapshot.offered().getFirst();
    boolean isSame = tree.seesTheSame(any.location()) && files.readsTheSame(any.location());
    int problems = SkillParser.parse(any.location(), any.source().bytes()).problems().size();
    int documents = SkillIndex.indexed(List.of(any)).segment().documents();
    boolean isTaken = snapshot.with(List.of(new Replaced(any, any))).isPresent();
    System.getLogger(Rehearsal.class.getName())
        .log(
            Level.DEBUG,
            "rehearsed: same={0} problems={1} documents={2} taken={3}",
            isSame,
            problems,
            documents,
            isTaken);
  }
}
