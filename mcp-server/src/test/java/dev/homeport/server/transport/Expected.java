package dev.homeport.server.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What JSON-RPC says about a message from a client, read by another parser than the product's.
///
/// @param answers whether it gets an answer
/// @param id which the answer must have; empty if it must have none
/// @param method of a request or notification; empty of anything else
/// @param message the whole, missing if it is no JSON
record Expected(boolean answers, Optional<JsonNode> id, String method, JsonNode message) {
  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(500).build())
                  .disable(TokenStreamFactory.Feature.CHARSET_DETECTION) // MCP wants UTF-8
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  static Expected of(byte[] bytes) {
    JsonNode message;
    try {
      message = JSON.readTree(bytes);
    } catch (JacksonException broken) {
      return refused(Optional.empty(), JSON.missingNode());
    }
    JsonNode id = message.path("id");
    boolean isId =
        (id.isString() && UTF_8.newEncoder().canEncode(id.asString()))
            || (id.isNumber() && Double.isFinite(id.numberValue().doubleValue()));
    if (!message.isObject() || (message.has("id") && !isId)) {
      return refused(Optional.empty(), message);
    }
    Optional<JsonNode> given = Optional.of(id).filter(_ -> isId);
    if (!message.path("jsonrpc").isString() || !message.path("jsonrpc").asString().equals("2.0")) {
      return refused(given, message);
    }
    if (message.path("method").isString()) {
      JsonNode params = message.path("params");
      boolean fits = params.isMissingNode() || params.isNull() || params.isObject();
      return fits
          ? new Expected(isId, given, message.path("method").asString(), message)
          : refused(given, message);
    }
    JsonNode error = message.path("error");
    boolean isError = error.path("code").isNumber() && error.path("message").isString();
    return isId && (message.has("result") || isError)
        ? new Expected(false, Optional.empty(), "", message)
        : refused(given, message);
  }

  private static Expected refused(Optional<JsonNode> id, JsonNode message) {
    return new Expected(true, id, "", message);
  }

  boolean isCallOf(String tool) {
    return method.equals("tools/call") && message.at("/params/name").equals(JSON.valueToTree(tool));
  }

  /// A text as it comes back: halves of surrogate pairs cannot be written.
  static String written(JsonNode text) {
    int[] characters =
        text.asString("")
            .codePoints()
            .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
            .toArray();
    return new String(characters, 0, characters.length);
  }

  static JsonNode json(byte[] bytes) {
    return JSON.readTree(bytes);
  }
}
