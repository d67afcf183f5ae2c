package dev.homeport.server.skills;

import dev.homeport.server.protocol.Client;
import dev.homeport.server.protocol.Message;
import dev.homeport.server.protocol.Methods;
import dev.homeport.server.protocol.ProtocolException;
import dev.homeport.server.protocol.RpcError;
import dev.homeport.skills.Skill;
import dev.homeport.skills.SkillCatalog;
import dev.homeport.skills.SkillLoadOutcome;
import dev.homeport.skills.SkillReview;
import dev.homeport.skills.usage.SkillUsage;
import dev.homeport.skills.usage.SkillUse;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Skills as prompts, which clients offer as slash commands: those that their authors let users
/// invoke, beside the other prompts, and one that takes the name of any of them.
///
/// Nothing is looked for before a client asks for prompts; the first answer leaves the skills out
/// if the catalog is not open yet, and the client is told when it is. Thread-safe.
public final class SkillPrompts implements Methods {
  /// More commands than these no person looks through.
  private static final int MOST_PROMPTS = 200;

  private static final int SHOWN_DESCRIPTION = 200;

  /// The prompt that takes the name of a skill.
  static final String ANY = "skill";

  /// Its argument.
  static final String NAME = "name";

  private static final String ARGUMENTS = "arguments";

  private final OpenSkills skills;
  private final SkillUsage usage;
  private final Supplier<List<Map<String, Object>>> others;
  private final UserSkills offered;
  private final SkillCompletions completions;

  /// @param skills the skills
  /// @param usage counts what is loaded
  /// @param others the other prompts, as the protocol lists them
  public SkillPrompts(
      OpenSkills skills, SkillUsage usage, Supplier<List<Map<String, Object>>> others) {
    this.skills = skills;
    this.usage = usage;
    this.others =
        () -> {
          var prompts = new ArrayList<>(others.get());
          prompts.add(anySkill());
          return prompts;
        };
    this.offered = new UserSkills(this.others);
    this.completions = new SkillCompletions(skills, offered);
  }

  @Override
  public Optional<Map<String, Object>> answer(Message.Request request, Client client)
      throws ProtocolException, InterruptedException {
    try {
      return switch (request.method()) {
        case "prompts/list" -> Optional.of(list());
        case "prompts/get" -> get(request);
        default -> completions.answer(request, client);
      };
    } catch (IOException failure) {
      System.getLogger(SkillPrompts.class.getName())
          .log(Level.ERROR, "method=" + request.method(), failure);
      throw new ProtocolException(
          RpcError.INTERNAL_ERROR, "the skills could not be read; see the server's log");
    }
  }

  private Map<String, Object> list() throws IOException, InterruptedException {
    var prompts = new ArrayList<>(others.get());
    Optional<SkillCatalog> opened = skills.get();
    if (opened.isPresent()) {
      SkillReview review = opened.get()::verdict;
      List<Skill> all = offered.of(opened.get().snapshot());
      for (Skill skill : all.subList(0, Math.min(all.size(), MOST_PROMPTS))) {
        boolean isWithheld = review.orWithheld().of(skill).withheld().isPresent();
        prompts.add(isWithheld ? withheld(skill) : prompt(skill));
      }
    }
    return Map.of("prompts", prompts);
  }

  private static Map<String, Object> prompt(Skill skill) {
    String hint = skill.metadata().invocation().hint().orElse("What the skill is to work on");
    return prompt(
        skill.name().value(),
        skill.shortDescription(SHOWN_DESCRIPTION),
        List.of(argument(ARGUMENTS, hint, false)));
  }

  /// None of its own words are shown.
  private static Map<String, Object> withheld(Skill skill) {
    return prompt(
        skill.name().value(), "In quarantine: `homeport skills list` tells why", List.of());
  }

  private static Map<String, Object> anySkill() {
    return prompt(
        ANY,
        "Use a skill by its name",
        List.of(
            argument(NAME, "The skill", true),
            argument(ARGUMENTS, "What the skill is to work on", false)));
  }

  private static Map<String, Object> prompt(
      String name, String description, List<Map<String, Object>> arguments) {
    var prompt = new LinkedHashMap<String, Object>();
    prompt.put("name", name);
    prompt.put("description", description);
    prompt.put("arguments", arguments);
    return prompt;
  }

  private static Map<String, Object> argument(String name, String description, boolean required) {
    var argument = new LinkedHashMap<String, Object>();
    argument.put("name", name);
    argument.put("description", description);
    argument.put("required", required);
    return argument;
  }

  private Optional<Map<String, Object>> get(Message.Request request)
      throws IOException, ProtocolException, InterruptedException {
    if (!(request.params().get("name") instanceof String prompt)) {
      return Optional.empty();
    }
    boolean isAny = prompt.equals(ANY);
    if (offered.isTaken(prompt) && !isAny) {
      return Optional.empty();
    }
    Map<String, ?> arguments = request.object("arguments");
    Object name = isAny ? arguments.get(NAME) : prompt;
    String given = arguments.get(ARGUMENTS) instanceof String text ? text : "";
    Optional<Skill> skill =
        UserSkills.named(String.valueOf(name), offered.of(skills.await().snapshot()));
    if (skill.isEmpty() && isAny) {
      throw ProtocolException.invalidParams(
          name == null ? "the argument `name` is missing" : "there is no skill `" + name + "`");
    }
    return skill.isEmpty() ? Optional.empty() : loaded(skill.get().name().value(), given);
  }

  private Optional<Map<String, Object>> loaded(String name, String arguments)
      throws IOException, ProtocolException, InterruptedException {
    return switch (skills.await().load(name, arguments, Map.of("CLAUDE_PROJECT_DIR", "."))) {
      case SkillLoadOutcome.Loaded loaded -> {
        usage.note(SkillUse.LOADED, List.of(name));
        yield Optional.of(message(loaded));
      }
      case SkillLoadOutcome.Withheld(_, var reason) ->
          throw new ProtocolException(
              RpcError.INVALID_PARAMS, name + " is in quarantine. " + reason);
      case SkillLoadOutcome.Unknown _, SkillLoadOutcome.CommandFailed _ -> Optional.empty();
    };
  }

  private static Map<String, Object> message(SkillLoadOutcome.Loaded loaded) {
    return Map.of(
        "description",
        loaded.skill().shortDescription(SHOWN_DESCRIPTION),
        "messages",
        List.of(Map.of("role", "user", "content", Map.of("type", "text", "text", loaded.text()))));
  }
}
