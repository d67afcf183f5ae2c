package dev.homeport.server.skills;

import dev.homeport.server.protocol.Client;
import dev.homeport.server.protocol.Message;
import dev.homeport.server.protocol.Methods;
import dev.homeport.server.protocol.ProtocolException;
import dev.homeport.server.protocol.RpcError;
import dev.homeport.skills.Skill;
import dev.homeport.skills.SkillCatalog;
import dev.homeport.skills.SkillLoadOutcome;
import dev.homeport.skills.SkillSnapshot;
import dev.homeport.skills.usage.SkillUsage;
import dev.homeport.skills.usage.SkillUse;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Skills as prompts, which clients offer as slash commands: those that their authors let users
/// invoke, beside the other prompts.
///
/// Nothing is looked for before a client asks for prompts; the first answer leaves the skills out
/// if the catalog is not open yet, and the client is told when it is. Thread-safe.
public final class SkillPrompts implements Methods {
  /// More commands than these no person looks through.
  private static final int MOST_PROMPTS = 200;

  private static final int SHOWN_DESCRIPTION = 200;

  private final OpenSkills skills;
  private final SkillUsage usage;
  private final Supplier<List<Map<String, Object>>> others;

  /// @param skills the skills
  /// @param usage counts what is loaded
  /// @param others the other prompts, as the protocol lists them
  public SkillPrompts(
      OpenSkills skills, SkillUsage usage, Supplier<List<Map<String, Object>>> others) {
    this.skills = skills;
    this.usage = usage;
    this.others = others;
  }

  @Override
  public Optional<Map<String, Object>> answer(Message.Request request, Client client)
      throws ProtocolException, InterruptedException {
    try {
      return switch (request.method()) {
        case "prompts/list" -> Optional.of(list());
        case "prompts/get" -> get(request);
        default -> Optional.empty();
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
      offered(opened.get().snapshot()).forEach(skill -> prompts.add(prompt(skill)));
    }
    return Map.of("prompts", prompts);
  }

  private List<Skill> offered(SkillSnapshot snapshot) {
    Set<Object> taken = names();
    return snapshot.skills().stream()
        .filter(skill -> skill.metadata().invocation().byUser())
        .filter(skill -> !taken.contains(skill.name().value()))
        .limit(MOST_PROMPTS)
        .toList();
  }

  /// The names of the other prompts.
  private Set<Object> names() {
    return others.get().stream().map(prompt -> prompt.get("name")).collect(Collectors.toSet());
  }

  private static Map<String, Object> prompt(Skill skill) {
    var argument = new LinkedHashMap<String, Object>();
    argument.put("name", "arguments");
    argument.put(
        "description", skill.metadata().invocation().hint().orElse("What the skill is to work on"));
    argument.put("required", false);
    var prompt = new LinkedHashMap<String, Object>();
    prompt.put("name", skill.name().value());
    prompt.put("description", skill.shortDescription(SHOWN_DESCRIPTION));
    prompt.put("arguments", List.of(argument));
    return prompt;
  }

  private Optional<Map<String, Object>> get(Message.Request request)
      throws IOException, ProtocolException, InterruptedException {
    Map<String, ?> params = request.params();
    if (!(params.get("name") instanceof String name) || names().contains(name)) {
      return Optional.empty();
    }
    Optional<Skill> skill =
        offered(skills.await().snapshot()).stream()
            .filter(offered -> offered.name().value().equals(name))
            .findFirst();
    String arguments =
        params.get("arguments") instanceof Map<?, ?> given
                && given.get("arguments") instanceof String text
            ? text
            : "";
    if (skill.isEmpty()) {
      return Optional.empty();
    }
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
