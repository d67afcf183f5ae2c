package dev.homeport.server.mcp;

import org.springframework.ai.mcp.annotation.McpArg;
import org.springframework.ai.mcp.annotation.McpPrompt;

/// What people start with a slash command. Each is a short instruction to use the tools.
public final class WorkspacePrompts {
  /// Goes on where the last session stopped.
  @McpPrompt(
      name = "resume-task",
      title = "Resume the task",
      description = "Go on where the last session stopped")
  public String resumeTask() {
    return """
    Go on with the task in hand. Call `wake` first, and `plan_get` if it names a plan. Say in a few
    lines what was done, what is open, and what you will do next; then do it. Check each step off
    with `plan_update` when it is done, and put findings with their source into `note`.\
    """;
  }

  /// Makes a plan before anything is changed.
  @McpPrompt(
      name = "plan-task",
      title = "Plan a task",
      description = "Make a plan for a task before changing anything")
  public String planTask(
      @McpArg(name = "task", description = "What is to be done", required = true) String task) {
    return """
    Plan this task, and change nothing yet:

    %s

    Call `wake` and `skill_search` first. Look at what it touches with `grep`, `search` and
    `read_file`. Then write the plan with `plan_update`: phases with steps that can be checked off,
    each with a way to see that it is done. End with the questions that only I can answer.\
    """
        .formatted(task);
  }

  /// Tidies the memory up.
  @McpPrompt(
      name = "review-memory",
      title = "Review the memory",
      description = "Tidy up what is remembered")
  public String reviewMemory() {
    return """
    Review what is remembered. View /memories with `memory`, read each file, and check it against
    the files of the workspace. Propose what to merge, correct, shorten or delete, with the reason
    for each. Change nothing before I agree.\
    """;
  }
}
