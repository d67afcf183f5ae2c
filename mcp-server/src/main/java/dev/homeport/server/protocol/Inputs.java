package dev.homeport.server.protocol;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// What the client's side can be asked while a request is at work, and what it has answered.
/// Immutable.
public final class Inputs {
  /// Of a client that can be asked nothing.
  public static final Inputs NONE = new Inputs(Map.of(), Map.of(), Optional.empty(), text -> text);

  private final Map<String, ?> capabilities;
  private final Map<String, ?> answers;
  private final Optional<String> state;
  private final UnaryOperator<String> seal;

  /// @param state what the round before left, already opened
  Inputs(
      Map<String, ?> capabilities,
      Map<String, ?> answers,
      Optional<String> state,
      UnaryOperator<String> seal) {
    this.capabilities = capabilities;
    this.answers = answers;
    this.state = state;
    this.seal = seal;
  }

  /// Whether the client can be asked such things: `elicitation`, `sampling` or `roots`.
  public boolean offers(String capability) {
    return capabilities.containsKey(capability);
  }

  /// What the round before left; empty in the first.
  public Optional<String> state() {
    return state;
  }

  /// The answers to questions, by their keys; each is the result of the question's method.
  ///
  /// @throws InputRequiredException if one is not answered yet
  /// @throws ProtocolException if the client cannot be asked one of them
  public Map<String, Map<String, ?>> ask(List<Question> questions)
      throws InputRequiredException, ProtocolException {
    return ask(questions, Optional.empty());
  }

  /// The same, leaving something for the next round.
  public Map<String, Map<String, ?>> ask(List<Question> questions, Optional<String> next)
      throws InputRequiredException, ProtocolException {
    var given = new LinkedHashMap<String, Map<String, ?>>();
    var open = new ArrayList<Question>();
    for (Question question : questions) {
      require(question.capability());
      if (answers.get(question.key()) instanceof Map<?, ?> answer) {
        given.put(question.key(), Message.keyed(answer));
      } else {
        open.add(question);
      }
    }
    if (!open.isEmpty()) {
      throw new InputRequiredException(open, next.map(seal));
    }
    return given;
  }

  /// Insists on a capability of the client.
  ///
  /// @throws ProtocolException if the client did not declare it
  public void require(String capability) throws ProtocolException {
    if (!offers(capability)) {
      throw new ProtocolException(
          new RpcError(
              RpcError.MISSING_CLIENT_CAPABILITY,
              "The client must declare the capability `" + capability + "` for this",
              Map.of("requiredCapabilities", Map.of(capability, Map.of()))));
    }
  }
}
