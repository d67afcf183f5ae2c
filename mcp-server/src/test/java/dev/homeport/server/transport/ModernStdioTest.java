package dev.homeport.server.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Requests of revision 2026-07-28 over stdio, beside those of the legacy era.
@Timeout(120)
class ModernStdioTest {
  static final String META =
      "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
          + "\"io.modelcontextprotocol/clientInfo\":{\"name\":\"t\",\"version\":\"1\"},"
          + "\"io.modelcontextprotocol/clientCapabilities\":{}}";

  @Test
  void discoversAndCallsWithoutAHandshake() throws Exception {
    try (var server = ServerProcess.start(StdioFixture.class)) {
      server.send(request(1, "server/discover", ""));
      JsonNode card = server.receive().path("result");
      assertThat(card.path("resultType").asString()).isEqualTo("complete");
      assertThat(card.path("supportedVersions").path(0).asString()).isEqualTo("2026-07-28");
      assertThat(card.path("instructions").asString()).isEqualTo("test");
      assertThat(card.path("ttlMs").isInt()).isTrue();
      JsonNode self = card.path("_meta").path("io.modelcontextprotocol/serverInfo");
      assertThat(self.at("/icons/0/mimeType").asString()).isEqualTo("image/svg+xml");

      server.send(request(2, "tools/list", ""));
      assertThat(server.receive().at("/result/tools/2/name").asString()).isEqualTo("echo");

      server.send(request(3, "tools/call", "\"name\":\"echo\",\"arguments\":{\"text\":\"ahoy\"},"));
      JsonNode result = server.receive().path("result");
      assertThat(result.at("/content/0/text").asString()).isEqualTo("ahoy");
      assertThat(result.path("resultType").asString()).isEqualTo("complete");
      JsonNode info = result.path("_meta").path("io.modelcontextprotocol/serverInfo");
      assertThat(info.path("name").asString()).isEqualTo("homeport");
      assertThat(info.has("icons")).as("which one copy of is enough").isFalse();
      assertThat(server.end()).isZero();
    }
  }

  @Test
  void servesBothErasInOneProcess() throws Exception {
    try (var server = ServerProcess.fixture()) {
      server.call(1, "echo", Map.of("text", "old"));
      assertThat(server.receive().path("result").has("resultType")).isFalse();

      server.send(
          request("\"two\"", "tools/call", "\"name\":\"echo\",\"arguments\":{\"text\":\"new\"},"));
      assertThat(server.receive().path("result").has("resultType")).isTrue();

      server.call(3, "echo", Map.of("text", "old"));
      assertThat(server.receive().path("result").has("resultType")).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ping, -32601",
    "initialize, -32601",
    "logging/setLevel, -32601",
    "resources/subscribe, -32601",
    "resources/read, -32601",
    "subscriptions/listen, -32602"
  })
  void refusesWhatThisRevisionOrThisServerDoesNotHave(String method, int code) throws Exception {
    try (var server = ServerProcess.start(StdioFixture.class)) {
      server.send(request(1, method, ""));

      assertThat(server.receive().at("/error/code").asInt()).isEqualTo(code);
    }
  }

  @Test
  void saysWhichRevisionItSpeaksAndWhatIsMissing() throws Exception {
    try (var server = ServerProcess.start(StdioFixture.class)) {
      server.send(request(1, "tools/list", "").replace("2026-07-28", "1900-01-01"));
      JsonNode error = server.receive().path("error");
      assertThat(error.path("code").asInt()).isEqualTo(-32022);
      assertThat(error.at("/data/supported/0").asString()).isEqualTo("2026-07-28");
      assertThat(error.at("/data/requested").asString()).isEqualTo("1900-01-01");

      server.send(
          request(2, "tools/list", "")
              .replace(",\"io.modelcontextprotocol/clientCapabilities\":{}", ""));
      error = server.receive().path("error");
      assertThat(error.path("code").asInt()).isEqualTo(-32602);
      assertThat(error.path("message").asString())
          .contains("io.modelcontextprotocol/clientCapabilities");
    }
  }

  @Test
  void tellsSubscribersOfWhatTheyAskedForUntilTheyCancel() throws Exception {
    try (var server = ServerProcess.start(StdioFixture.class)) {
      server.send(
          request(
              7,
              "subscriptions/listen",
              "\"notifications\":{\"promptsListChanged\":true,\"toolsListChanged\":true},"));
      JsonNode first = server.receive();
      assertThat(first.path("method").asString())
          .isEqualTo("notifications/subscriptions/acknowledged");
      assertThat(subscription(first)).isEqualTo(7);
      assertThat(first.at("/params/notifications").has("promptsListChanged")).isTrue();
      assertThat(first.at("/params/notifications").has("toolsListChanged")).isFalse();

      server.send(request(8, "tools/call", "\"name\":\"change\",\"arguments\":{},"));
      JsonNode change = server.receive();
      assertThat(change.path("method").asString()).isEqualTo("notifications/prompts/list_changed");
      assertThat(subscription(change)).isEqualTo(7);
      assertThat(server.receive().path("id").asInt()).isEqualTo(8);

      server.send(
          "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":7}}");
      server.send(request(9, "tools/call", "\"name\":\"change\",\"arguments\":{},"));
      assertThat(server.receive().path("id").asInt()).isEqualTo(9);
      assertThat(server.end()).isZero();
      assertThat(server.rest()).isEmpty();
    }
  }

  @Test
  void endsSubscriptionsWithAResultWhenTheInputEnds() throws Exception {
    try (var server = ServerProcess.start(StdioFixture.class)) {
      server.send(request(7, "subscriptions/listen", "\"notifications\":{},"));
      server.receive();

      assertThat(server.end()).isZero();
      assertThat(server.rest())
          .singleElement()
          .asString()
          .contains("\"id\":7", "\"resultType\":\"complete\"");
    }
  }

  @Test
  void cancelsCalls() throws Exception {
    try (var server = ServerProcess.start(StdioFixture.class)) {
      server.send(
          request(1, "tools/call", "\"name\":\"wait\",\"arguments\":{},")
              .replace("\"_meta\":{", "\"_meta\":{\"progressToken\":\"p\","));
      assertThat(server.receive().path("method").asString()).isEqualTo("notifications/progress");

      server.send(
          "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":1}}");
      await().until(() -> server.errors().contains("interrupted"));
      assertThat(server.end()).isZero();
      assertThat(server.rest()).isEmpty();
    }
  }

  private static int subscription(JsonNode message) {
    return message.at("/params/_meta").path("io.modelcontextprotocol/subscriptionId").asInt(-1);
  }

  /// @param id JSON
  /// @param params JSON members, each with a comma behind
  static String request(Object id, String method, String params) {
    return "{\"jsonrpc\":\"2.0\",\"id\":%s,\"method\":\"%s\",\"params\":{%s%s}}"
        .formatted(id, method, params, META);
  }
}
