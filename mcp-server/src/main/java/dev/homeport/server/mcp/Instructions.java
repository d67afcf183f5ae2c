package dev.homeport.server.mcp;

/// What a model reads first.
///
/// Clients cut it at 2,048 characters and some show nothing else before the first call, so
/// everything vital stands there.
public final class Instructions {
  private static final String VITAL =
      """
      Homeport keeps your memory, plans and results as files in this workspace, and gives you search, skills and sandboxes.

      Begin with `wake`: it returns your session id, what you remember, the plan in hand, the skills and the last events. Call it again after your context was compacted.

      - Memory: `memory` works on /memories; `remember` keeps one lesson (topic file and index line at once). Keep what the next session needs: decisions, commands, traps. No secrets.
      - Plan: for work of more than a few steps call `plan_update` first, check steps off as you go, and put findings with their source into `note`.
      - Search: `grep` for exact text, `glob` for names, `search` for words by relevance, also in memory, skills, logs and stored results.
      - Files: `read_file`, `write_file`, `edit_file`. The line `sha256` at the end of an answer is a precondition for the next edit.
      - Skills: before a task of a known kind call `skill_search`, then `skill_load`, and follow what it says.
      - Commands: `execute` runs in a sandbox that sees the workspace copy-on-write; changes stay there until `sandbox` applies them.

      An answer that is too large is stored; read on with `result_read`. An error says what to do next.\
      """;

  private Instructions() {}

  /// The instructions.
  ///
  /// @param skills what is told of skills, after all else; may be empty
  public static String text(String skills) {
    return skills.isEmpty() ? VITAL : String.join("\n\n", VITAL, skills.strip());
  }
}
