package dev.homeport.server.conformance;

import dev.homeport.server.protocol.InputRequiredException;
import dev.homeport.server.protocol.Inputs;
import dev.homeport.server.protocol.ProtocolException;
import dev.homeport.server.protocol.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The fixtures that ask the client's side something before they answer.
final class InputFixtures {
  static final String PROMPT = "test_input_required_result_prompt";
  private static final String PREFIX = "test_input_required_result_";

  private static final Question NAME =
      Question.form("user_name", "What is your name?", form("name", "string"));
  private static final Question ROOTS = new Question("client_roots", "roots/list", Map.of());

  List<String> tools() {
    return List.of(
            "elicitation",
            "sampling",
            "list_roots",
            "request_state",
            "multiple_inputs",
            "multi_round",
            "tampered_state",
            "capabilities")
        .stream()
        .map(PREFIX::concat)
        .toList();
  }

  /// The result of one of the tools; empty if it is another.
  Optional<Map<String, Object>> call(String tool, Inputs inputs)
      throws ProtocolException, InputRequiredException {
    if (tool.equals("test_streaming_elicitation")) {
      inputs.ask(List.of(NAME));
      return Optional.of(ModernFixtures.text("asked"));
    }
    if (!tool.startsWith(PREFIX)) {
      return Optional.empty();
    }
    String said =
        switch (tool.substring(PREFIX.length())) {
          case "elicitation" -> "Hello, " + content(inputs.ask(List.of(NAME)), NAME, "name") + "!";
          case "sampling" -> {
            Question question = sampling("capital_question", "What is the capital of France?");
            yield String.valueOf(inputs.ask(List.of(question)).get(question.key()).get("content"));
          }
          case "list_roots" ->
              String.valueOf(inputs.ask(List.of(ROOTS)).get(ROOTS.key()).get("roots"));
          case "request_state", "tampered_state" -> {
            Question confirm = Question.form("confirm", "Please confirm", form("ok", "boolean"));
            inputs.ask(List.of(confirm), Optional.of("confirming"));
            yield inputs
                .state()
                .filter("confirming"::equals)
                .map(_ -> "state-ok")
                .orElse("no state");
          }
          case "multiple_inputs" ->
              String.valueOf(
                  inputs
                      .ask(
                          List.of(NAME, sampling("greeting", "Generate a greeting"), ROOTS),
                          Optional.of("all"))
                      .keySet());
          case "multi_round" -> rounds(inputs);
          case "capabilities" -> {
            var possible = new ArrayList<Question>();
            if (inputs.offers("elicitation")) {
              possible.add(NAME);
            }
            if (inputs.offers("sampling")) {
              possible.add(sampling("greeting", "Generate a greeting"));
            }
            yield String.valueOf(inputs.ask(possible).keySet());
          }
          default -> throw ProtocolException.invalidParams("no fixture " + tool);
        };
    return Optional.of(ModernFixtures.text(said));
  }

  private static String rounds(Inputs inputs) throws ProtocolException, InputRequiredException {
    Question first = Question.form("step1", "Step 1: What is your name?", form("name", "string"));
    Question second =
        Question.form("step2", "Step 2: What is your favorite color?", form("color", "string"));
    if (inputs.state().isEmpty() || inputs.state().get().equals("one")) {
      String name = content(inputs.ask(List.of(first), Optional.of("one")), first, "name");
      inputs.ask(List.of(second), Optional.of("two " + name));
    }
    return inputs.state().orElse("")
        + " likes "
        + content(inputs.ask(List.of(second), inputs.state()), second, "color");
  }

  Map<String, Object> prompt(Inputs inputs) throws ProtocolException, InputRequiredException {
    Question context =
        Question.form(
            "user_context", "What context should the prompt use?", form("context", "string"));
    String given = content(inputs.ask(List.of(context)), context, "context");
    return Map.of(
        "messages",
        List.of(
            Map.of("role", "user", "content", Map.of("type", "text", "text", "With " + given))));
  }

  private static String content(
      Map<String, Map<String, ?>> answers, Question question, String field) {
    return answers.get(question.key()).get("content") instanceof Map<?, ?> form
        ? String.valueOf(form.get(field))
        : "nothing";
  }

  private static Question sampling(String key, String text) {
    return new Question(
        key,
        "sampling/createMessage",
        Map.of(
            "messages",
            List.of(Map.of("role", "user", "content", Map.of("type", "text", "text", text))),
            "maxTokens",
            100));
  }

  private static Map<String, Object> form(String field, String type) {
    return Map.of(
        "type",
        "object",
        "properties",
        Map.of(field, Map.of("type", type)),
        "required",
        List.of(field));
  }
}
