package dev.homeport.server.mcp;

import dev.homeport.server.protocol.Client;
import dev.homeport.server.protocol.Message;
import dev.homeport.server.protocol.Methods;
import dev.homeport.server.protocol.ProtocolException;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.ai.mcp.annotation.McpArg;
import org.springframework.ai.mcp.annotation.McpPrompt;

/// `prompts/list` and `prompts/get`, from the methods of an object that are annotated with Spring
/// AI's `@McpPrompt`. Thread-safe.
///
/// A method returns what the user says to the model; its parameters are strings with `@McpArg`, all
/// of them required.
public final class AnnotatedPrompts implements Methods {
  private final List<TextMethod> prompts;

  /// @param annotated the object
  /// @throws IllegalArgumentException if an annotated method has another form
  public AnnotatedPrompts(Object annotated) {
    prompts =
        Arrays.stream(annotated.getClass().getDeclaredMethods())
            .filter(method -> method.isAnnotationPresent(McpPrompt.class))
            .map(method -> new TextMethod(annotated, method))
            .sorted(Comparator.comparing(AnnotatedPrompts::name))
            .toList();
  }

  private static String name(TextMethod prompt) {
    return prompt.annotation(McpPrompt.class).name();
  }

  @Override
  public Optional<Map<String, Object>> answer(Message.Request request, Client client)
      throws ProtocolException {
    return switch (request.method()) {
      case "prompts/list" -> {
        Cursors.requireNone(request);
        yield Optional.of(Map.of("prompts", list()));
      }
      case "prompts/get" -> Optional.of(get(request));
      default -> Optional.empty();
    };
  }

  /// The prompts as the protocol lists them.
  public List<Map<String, Object>> list() {
    return prompts.stream().map(AnnotatedPrompts::json).toList();
  }

  private static Map<String, Object> json(TextMethod prompt) {
    McpPrompt annotation = prompt.annotation(McpPrompt.class);
    var json = new LinkedHashMap<String, Object>();
    json.put("name", annotation.name());
    json.put("title", annotation.title());
    json.put("description", annotation.description());
    json.put("arguments", prompt.parameters().stream().map(AnnotatedPrompts::argument).toList());
    return json;
  }

  private static Map<String, Object> argument(Parameter parameter) {
    McpArg annotation = parameter.getAnnotation(McpArg.class);
    var json = new LinkedHashMap<String, Object>();
    json.put("name", annotation.name());
    json.put("description", annotation.description());
    json.put("required", true);
    return json;
  }

  private Map<String, Object> get(Message.Request request) throws ProtocolException {
    String name = request.string("name");
    for (TextMethod prompt : prompts) {
      if (name(prompt).equals(name)) {
        return said(prompt, request.object("arguments"));
      }
    }
    throw ProtocolException.invalidParams("there is no prompt `" + name + "`");
  }

  private static Map<String, Object> said(TextMethod prompt, Map<String, ?> given)
      throws ProtocolException {
    List<Parameter> parameters = prompt.parameters();
    var values = new String[parameters.size()];
    for (int i = 0; i < values.length; i++) {
      String argument = parameters.get(i).getAnnotation(McpArg.class).name();
      if (!(given.get(argument) instanceof String value)) {
        throw ProtocolException.invalidParams(
            "the argument `" + argument + "` must be there and be a string");
      }
      values[i] = value;
    }
    var message = new LinkedHashMap<String, Object>();
    message.put("role", "user");
    message.put("content", Content.text(prompt.call(values)));
    var json = new LinkedHashMap<String, Object>();
    json.put("description", prompt.annotation(McpPrompt.class).description());
    json.put("messages", List.of(message));
    return json;
  }
}
