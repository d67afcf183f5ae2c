package dev.homeport.server.skills;

import dev.homeport.server.mcp.Completions;
import dev.homeport.server.protocol.Client;
import dev.homeport.server.protocol.Message;
import dev.homeport.server.protocol.Methods;
import dev.homeport.server.protocol.ProtocolException;
import dev.homeport.server.protocol.RpcError;
import dev.homeport.skills.Skill;
import dev.homeport.skills.SkillCatalog;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `completion/complete` for the prompts of skills: the names of skills, and the words that the
/// `argument-hint` of a skill names. Other prompts are left to others. Thread-safe.
final class SkillCompletions implements Methods {
  private final OpenSkills skills;
  private final UserSkills offered;

  SkillCompletions(OpenSkills skills, UserSkills offered) {
    this.skills = skills;
    this.offered = offered;
  }

  @Override
  public Optional<Map<String, Object>> answer(Message.Request request, Client client)
      throws ProtocolException, InterruptedException {
    if (!request.method().equals("completion/complete")) {
      return Optional.empty();
    }
    Map<String, ?> argument = request.object("argument");
    if (!(request.object("ref").get("name") instanceof String prompt
            && argument.get("name") instanceof String name
            && argument.get("value") instanceof String typed)
        || (offered.isTaken(prompt) && !prompt.equals(SkillPrompts.ANY))) {
      return Optional.empty();
    }
    try {
      SkillCatalog catalog = skills.await();
      List<Skill> all = offered.of(catalog.snapshot());
      if (!prompt.equals(SkillPrompts.ANY)) {
        Optional<Skill> skill = UserSkills.named(prompt, all);
        return skill.isEmpty()
            ? Optional.empty()
            : Optional.of(Completions.result(continuations(catalog, skill.get(), typed), typed));
      }
      if (name.equals(SkillPrompts.NAME)) {
        return Optional.of(
            Completions.result(all.stream().map(skill -> skill.name().value()).toList(), typed));
      }
      Optional<Skill> chosen =
          request.object("context").get("arguments") instanceof Map<?, ?> given
              ? UserSkills.named(String.valueOf(given.get(SkillPrompts.NAME)), all)
              : Optional.empty();
      return Optional.of(
          Completions.result(
              chosen.isEmpty() ? List.of() : continuations(catalog, chosen.get(), typed), typed));
    } catch (IOException failure) {
      System.getLogger(SkillCompletions.class.getName())
          .log(Level.ERROR, "method=" + request.method(), failure);
      throw new ProtocolException(
          RpcError.INTERNAL_ERROR, "the skills could not be read; see the server's log");
    }
  }

  /// What is in quarantine has no say in what is proposed.
  private static List<String> continuations(SkillCatalog catalog, Skill skill, String typed)
      throws IOException, InterruptedException {
    Optional<String> hint = skill.metadata().invocation().hint();
    return hint.isEmpty() || catalog.verdict(skill).withheld().isPresent()
        ? List.of()
        : ArgumentHint.of(hint.get()).continuations(typed);
  }
}
