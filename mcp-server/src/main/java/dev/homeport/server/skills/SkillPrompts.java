package dev.homeport.server.skills;

import dev.homeport.server.tool.Lazy;
import dev.homeport.server.transport.ExtensionMethods;
import dev.homeport.skills.Skill;
import dev.homeport.skills.SkillCatalog;
import dev.homeport.skills.SkillLoadOutcome;
import dev.homeport.skills.SkillSnapshot;
import dev.homeport.skills.usage.SkillUsage;
import dev.homeport.skills.usage.SkillUse;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse.JSONRPCError;
import io.modelcontextprotocol.spec.McpSchema.Prompt;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Skills as prompts, which clients offer as slash commands: those that their authors let users
/// invoke, beside the prompts that the SDK has.
///
/// Nothing is looked for before a client asks for prompts; the first answer leaves the skills out
/// if the catalog is not open yet, and the client is told when it is. Thread-safe.
public final class SkillPrompts implements ExtensionMethods {
  /// More commands than these no person looks through.
  private static final int MOST_PROMPTS = 200;

  private static final int SHOWN_DESCRIPTION = 200;
  private static final System.Logger LOG = System.getLogger(SkillPrompts.class.getName());

  private final OpenSkills skills;
  private final SkillUsage usage;
  private final Lazy<List<Prompt>> others;

  /// @param skills the skills
  /// @param usage counts what is loaded
  /// @param others the prompts that the SDK answers for
  public SkillPrompts(OpenSkills skills, SkillUsage usage, Lazy<List<Prompt>> others) {
    this.skills = skills;
    this.usage = usage;
    this.others = others;
  }

  @Override
  public Optional<JSONRPCResponse> answer(JSONRPCRequest request) {
    try {
      return switch (request.method()) {
        case "prompts/list" -> Optional.of(JSONRPCResponse.result(request.id(), list()));
        case "prompts/get" -> get(request);
        default -> Optional.empty();
      };
    } catch (InterruptedException cancelled) {
      Thread.currentThread().interrupt();
      return Optional.of(failed(request, "cancelled"));
    } catch (IOException failure) {
      LOG.log(Level.ERROR, "method=" + request.method(), failure);
      return Optional.of(failed(request, "the skills could not be read; see the server's log"));
    }
  }

  private static JSONRPCResponse failed(JSONRPCRequest request, String message) {
    return JSONRPCResponse.error(
        request.id(), new JSONRPCError(ErrorCodes.INTERNAL_ERROR, message));
  }

  private Map<String, Object> list() throws IOException, InterruptedException {
    var prompts = new ArrayList<Object>(others.get());
    Optional<SkillCatalog> opened = skills.get();
    if (opened.isPresent()) {
      offered(opened.get().snapshot()).forEach(skill -> prompts.add(prompt(skill)));
    }
    return Map.of("prompts", prompts);
  }

  private List<Skill> offered(SkillSnapshot snapshot) throws IOException, InterruptedException {
    Set<String> taken = others.get().stream().map(Prompt::name).collect(Collectors.toSet());
    return snapshot.skills().stream()
        .filter(skill -> skill.metadata().invocation().byUser())
        .filter(skill -> !taken.contains(skill.name().value()))
        .limit(MOST_PROMPTS)
        .toList();
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

  private Optional<JSONRPCResponse> get(JSONRPCRequest request)
      throws IOException, InterruptedException {
    Map<?, ?> params = request.params() instanceof Map<?, ?> given ? given : Map.of();
    if (!(params.get("name") instanceof String name)
        || others.get().stream().anyMatch(prompt -> prompt.name().equals(name))) {
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
        yield Optional.of(JSONRPCResponse.result(request.id(), message(loaded)));
      }
      case SkillLoadOutcome.Withheld(_, var reason) ->
          Optional.of(
              JSONRPCResponse.error(
                  request.id(),
                  new JSONRPCError(
                      ErrorCodes.INVALID_PARAMS, name + " is in quarantine. " + reason)));
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
