package dev.homeport.skills;

import java.util.List;
import java.util.Optional;

/// Who may ask for a skill, and with which arguments.
///
/// @param byModel whether an agent may choose it by itself (`disable-model-invocation` is not set)
/// @param byUser whether it is offered to the user as a command (`user-invocable`)
/// @param arguments the names of positional arguments
/// @param hint what to type after the command (`argument-hint`)
public record SkillInvocation(
    boolean byModel, boolean byUser, List<String> arguments, Optional<String> hint) {
  /// By anybody, without declared arguments.
  public static final SkillInvocation ANY =
      new SkillInvocation(true, true, List.of(), Optional.empty());

  /// Copies the list.
  public SkillInvocation {
    arguments = List.copyOf(arguments);
  }
}
