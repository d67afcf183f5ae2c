package dev.homeport.skills;

import java.io.IOException;
import java.util.Optional;

/// Runs the commands that stand in the text of a skill when it is loaded: where nothing of the host
/// can be harmed, and only if the user trusts the skill so far. Thread-safe.
public interface SkillCommands {
  /// Runs nothing; commands stay in the text as they are.
  SkillCommands NONE =
      new SkillCommands() {
        @Override
        public Optional<String> directory(Skill skill) {
          return Optional.empty();
        }

        @Override
        public boolean mayRun(Skill skill) {
          return false;
        }

        @Override
        public Result run(Skill skill, String command) {
          return new Result.Failed("commands are not run here");
        }
      };

  /// Where commands find the files of a skill; empty if nowhere.
  Optional<String> directory(Skill skill) throws IOException, InterruptedException;

  /// Whether the user lets the commands of a skill be run.
  boolean mayRun(Skill skill);

  /// Runs a command of a shell, which [#mayRun] was asked about.
  Result run(Skill skill, String command) throws IOException, InterruptedException;

  /// What came of a command.
  sealed interface Result {
    /// It succeeded.
    record Output(String text) implements Result {}

    /// It did not, and so the skill cannot be loaded.
    ///
    /// @param reason why, with what it printed
    record Failed(String reason) implements Result {}
  }
}
