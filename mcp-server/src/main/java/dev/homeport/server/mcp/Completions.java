package dev.homeport.server.mcp;

import dev.homeport.server.protocol.Client;
import dev.homeport.server.protocol.InputRequiredException;
import dev.homeport.server.protocol.Message;
import dev.homeport.server.protocol.Methods;
import dev.homeport.server.protocol.ProtocolException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.mcp.annotation.McpComplete;

/// `completion/complete`: the values of a variable in the address of a resource that begin with
/// what was typed. The arguments of prompts are free text, for which nothing is proposed.
/// Thread-safe.
///
/// The values come from the methods of an object that are annotated with Spring AI's `@McpComplete`
/// and the address; they take nothing and return a list of strings.
public final class Completions implements Methods {
  /// The most values that the protocol allows in one answer.
  private static final int MOST = 100;

  private final Object annotated;
  private final Map<String, Method> values;
  private final Methods prompts;

  /// @param annotated the object
  /// @param prompts answers `prompts/list`
  public Completions(Object annotated, Methods prompts) {
    this.annotated = annotated;
    this.prompts = prompts;
    values =
        Arrays.stream(annotated.getClass().getDeclaredMethods())
            .filter(method -> method.isAnnotationPresent(McpComplete.class))
            .collect(
                Collectors.toMap(
                    method -> method.getAnnotation(McpComplete.class).uri(), method -> method));
  }

  @Override
  public Optional<Map<String, Object>> answer(Message.Request request, Client client)
      throws ProtocolException, InputRequiredException, InterruptedException {
    return request.method().equals("completion/complete")
        ? Optional.of(complete(request, client))
        : Optional.empty();
  }

  private Map<String, Object> complete(Message.Request request, Client client)
      throws ProtocolException, InputRequiredException, InterruptedException {
    Map<String, ?> reference = request.object("ref");
    if (!(request.object("argument").get("value") instanceof String typed)) {
      throw ProtocolException.invalidParams("`argument` must have a `name` and a `value`");
    }
    return switch (String.valueOf(reference.get("type"))) {
      case "ref/resource" -> result(known(reference.get("uri")), typed);
      case "ref/prompt" -> {
        requirePrompt(reference.get("name"), client);
        yield result(List.of(), typed);
      }
      default ->
          throw ProtocolException.invalidParams(
              "`ref` must have the `type` ref/resource or ref/prompt");
    };
  }

  private List<?> known(@Nullable Object uri) throws ProtocolException {
    Method method = uri instanceof String address ? values.get(address) : null;
    if (method == null) {
      throw ProtocolException.invalidParams(
          "there is no template %s; there are %s".formatted(uri, values.keySet()));
    }
    return (List<?>) AnnotatedMethod.call(annotated, method);
  }

  private void requirePrompt(@Nullable Object name, Client client)
      throws ProtocolException, InputRequiredException, InterruptedException {
    var list = new Message.Request(0, "prompts/list", Map.of());
    boolean isKnown =
        prompts.answer(list, client).orElseThrow().get("prompts") instanceof List<?> all
            && all.stream()
                .anyMatch(prompt ->
                    prompt instanceof Map<?, ?> known && Objects.equals(known.get("name"), name));
    if (!isKnown) {
      throw ProtocolException.invalidParams("there is no prompt `" + name + "`");
    }
  }

  /// The answer that proposes those of some values which begin with what was typed.
  public static Map<String, Object> result(List<?> all, String typed) {
    String begin = typed.toLowerCase(Locale.ROOT);
    List<String> fitting =
        all.stream()
            .map(String::valueOf)
            .filter(value -> value.toLowerCase(Locale.ROOT).startsWith(begin))
            .sorted()
            .toList();
    var completion = new LinkedHashMap<String, Object>();
    completion.put("values", fitting.stream().limit(MOST).toList());
    completion.put("total", fitting.size());
    completion.put("hasMore", fitting.size() > MOST);
    return Map.of("completion", completion);
  }
}
