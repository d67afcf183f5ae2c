package dev.homeport.server.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@Timeout(120)
class StdioTransportTest {
  @Test
  void answersInitializeAndListWithoutInitializedInTwoLines() throws Exception {
    try (var server = ServerProcess.start(StdioFixture.class)) {
      server.send(
          "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}}");
      server.send("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}");

      assertThat(server.end()).isZero();
      assertThat(server.rest())
          .hasSize(2)
          .satisfiesExactly(
              first -> assertThat(first).contains("\"protocolVersion\":\"2025-06-18\""),
              second -> assertThat(second).contains("\"name\":\"echo\""));
    }
  }

  @Test
  void beginsWhatIsToFollowTheHandshakeOnceAndNotBefore() throws Exception {
    try (var server = ServerProcess.start(StdioFixture.class)) {
      server.send("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}");
      server.receive();
      assertThat(server.errors()).doesNotContain("begun once serving");

      server.handshake();
      server.call(9, "echo", Map.of("text", "alive"));
      server.receive();

      await().until(() -> server.errors().contains("begun once serving"));
      assertThat(server.end()).isZero();
      assertThat(server.errors()).containsOnlyOnce("begun once serving");
    }
  }

  @Test
  void refusesRequestsBeforeTheHandshakeAndUnknownMethods() throws Exception {
    try (var server = ServerProcess.start(StdioFixture.class)) {
      server.send("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}");
      assertThat(errorCode(server.receive())).isEqualTo(-32600);

      server.send("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"server/discover\"}");
      assertThat(errorCode(server.receive())).isEqualTo(-32602);

      server.send("{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"ping\"}");
      assertThat(server.receive().has("result")).isTrue();
      assertThat(server.end()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "{\"jsonrpc\":\"2.0\",",
        "[]",
        "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}]",
        "\"text\"",
        "null",
        "{}",
        "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":5}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"params\":[]}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":{}}}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"echo\",\"arguments\":5}}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{}}"
      })
  void answersMalformedMessagesWithAnErrorAndGoesOn(String line) throws Exception {
    try (var server = ServerProcess.fixture()) {
      server.send(line);

      assertThat(errorCode(server.receive())).isBetween(-32700, -32600);
      server.call(9, "echo", Map.of("text", "alive"));
      assertThat(text(server.receive())).isEqualTo("alive");
      assertThat(server.end()).isZero();
    }
  }

  @Test
  void survivesBytesThatAreNoText() throws Exception {
    try (var server = ServerProcess.fixture()) {
      server.input().write(new byte[] {'{', '"', (byte) 0xff, (byte) 0xc0, 0, '"', '\n'});
      server.send("[".repeat(100_000));

      assertThat(errorCode(server.receive())).isEqualTo(-32700);
      assertThat(errorCode(server.receive())).isEqualTo(-32700);
      server.call(1, "echo", Map.of("text", "alive"));
      assertThat(text(server.receive())).isEqualTo("alive");
    }
  }

  @Test
  void refusesFiftyMegabytesWithTheIdOfTheRequest() throws Exception {
    try (var server = ServerProcess.fixture()) {
      byte[] megabyte = new byte[1024 * 1024];
      Arrays.fill(megabyte, (byte) 'x');
      server
          .input()
          .write(
              "{\"method\":\"tools/call\",\"params\":{\"id\":1,\"name\":\"echo\",\"arguments\":{\"text\":\""
                  .getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < 50; i++) {
        server.input().write(megabyte);
      }
      server.send("\"}},\"jsonrpc\":\"2.0\",\"id\":\"big-1\"}");

      JsonNode refusal = server.receive();
      assertThat(refusal.path("id").asString()).isEqualTo("big-1");
      assertThat(message(refusal)).contains("larger than 10,485,760 bytes");
      server.call(2, "echo", Map.of("text", "alive"));
      assertThat(text(server.receive())).isEqualTo("alive");
    }
  }

  @Test
  void cancellationInterruptsTheToolAndSilencesIt() throws Exception {
    try (var server = ServerProcess.fixture()) {
      server.send(
          "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"wait\",\"arguments\":{},\"_meta\":{\"progressToken\":\"p\"}}}");
      assertThat(server.receive().path("method").asString()).isEqualTo("notifications/progress");

      server.send(
          "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":1}}");
      await().until(() -> server.errors().contains("interrupted"));
      server.call(2, "echo", Map.of("text", "next"));

      assertThat(text(server.receive())).isEqualTo("next");
      assertThat(server.end()).isZero();
      assertThat(server.rest()).isEmpty();
    }
  }

  @Test
  void answersEveryOneOfManyCallsInFlight() throws Exception {
    try (var server = ServerProcess.fixture()) {
      int calls = 2_000;
      for (int i = 1; i <= calls; i++) {
        server.call(i, "echo", Map.of("text", "t" + i));
      }

      Set<Integer> answered = new HashSet<>();
      for (int i = 0; i < calls; i++) {
        JsonNode answer = server.receive();
        assertThat(text(answer)).isEqualTo("t" + answer.path("id").asInt());
        answered.add(answer.path("id").asInt());
      }
      assertThat(answered).hasSize(calls);
    }
  }

  @Test
  void answersWhatWasReadBeforeTheEndAndCancelsWhatIsLonger() throws Exception {
    try (var server = ServerProcess.fixture()) {
      server.call(1, "wait", Map.of());
      for (int i = 2; i <= 11; i++) {
        server.call(i, "echo", Map.of("text", "t"));
      }

      assertThat(server.end()).isZero();
      assertThat(server.rest()).hasSize(10);
      assertThat(server.errors()).contains("interrupted");
    }
  }

  @Test
  void aBugIsAnInternalErrorWithAnIdThatTheLogHas() throws Exception {
    try (var server = ServerProcess.fixture()) {
      server.call(1, "bug", Map.of());

      JsonNode answer = server.receive();
      assertThat(errorCode(answer)).isEqualTo(-32603);
      String message = message(answer);
      String id = message.substring(message.indexOf("id ") + 3).split(" ", 2)[0];
      await()
          .untilAsserted(
              () -> assertThat(server.errors()).anyMatch(line -> line.contains("id=" + id)));
    }
  }

  @Test
  void namesTheToolThatWasMeant() throws Exception {
    try (var server = ServerProcess.fixture()) {
      server.call(1, "ehco", Map.of());

      JsonNode answer = server.receive();
      assertThat(errorCode(answer)).isEqualTo(-32602);
      assertThat(message(answer)).contains("did you mean `echo`?");
    }
  }

  @Test
  void refusesAnIdThatIsStillAtWork() throws Exception {
    try (var server = ServerProcess.fixture()) {
      server.call(1, "wait", Map.of());
      server.call(1, "echo", Map.of("text", "t"));

      assertThat(errorCode(server.receive())).isEqualTo(-32600);
    }
  }

  private static int errorCode(JsonNode answer) {
    return answer.path("error").path("code").asInt();
  }

  private static String message(JsonNode answer) {
    return answer.path("error").path("message").asString();
  }

  private static String text(JsonNode answer) {
    return answer.path("result").path("content").path(0).path("text").asString();
  }
}
