package dev.homeport.server.protocol;

import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Asks methods without a transport.
public final class Asked {
  private Asked() {}

  /// The whole answer, as a client gets it; empty if the method is none of these.
  public static Optional<JsonNode> of(Methods methods, String method, Map<String, ?> params) {
    Map<String, Object> answer;
    try {
      var result = methods.answer(new Message.Request(1, method, params), Client.named("test"));
      if (result.isEmpty()) {
        return Optional.empty();
      }
      answer = Message.result(1, result.get());
    } catch (ProtocolException refused) {
      answer = Message.error(1, refused.error());
    } catch (InputRequiredException | InterruptedException impossible) {
      throw new AssertionError(impossible);
    }
    return Optional.of(JsonMapper.shared().valueToTree(answer));
  }
}
