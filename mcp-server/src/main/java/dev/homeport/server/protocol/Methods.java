package dev.homeport.server.protocol;

import java.util.Map;
import java.util.Optional;

/// Methods of the protocol that a server answers: the same for each era and each transport.
/// Thread-safe; called on the thread that works on the request, which is interrupted if the request
/// is cancelled.
@FunctionalInterface
public interface Methods {
  /// No methods.
  Methods NONE = (_, _) -> Optional.empty();

  /// The result of a request, a JSON object; empty if its method is none of these.
  ///
  /// @throws ProtocolException if the answer is an error
  /// @throws InputRequiredException if the client must answer something first
  /// @throws InterruptedException if the request was cancelled
  Optional<Map<String, Object>> answer(Message.Request request, Client client)
      throws ProtocolException, InputRequiredException, InterruptedException;

  /// These methods, and those of others.
  default Methods and(Methods others) {
    return (request, client) -> {
      Optional<Map<String, Object>> mine = answer(request, client);
      return mine.isPresent() ? mine : others.answer(request, client);
    };
  }
}
