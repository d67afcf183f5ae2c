package dev.homeport.server.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.homeport.server.protocol.RpcError;
import dev.homeport.server.protocol.Surface;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Any bytes from a client: each message is answered once, as JSON-RPC wants it, and the session
/// goes on.
class StdioFuzzTest {
  private static final int LIMIT = 4096;

  @TempDir static Path workspace;
  static Surface surface;

  @BeforeAll
  static void open() {
    surface = FuzzSurface.in(workspace);
  }

  /// The first byte says how many bytes arrive at a time.
  @FuzzTest
  void stdio(byte[] input) throws IOException, InterruptedException {
    if (input.length == 0) {
      return;
    }
    byte[] script = FuzzScript.expanded(Arrays.copyOfRange(input, 1, input.length));
    List<byte[]> lines = lines(script);
    List<Expected> expected =
        lines.stream().filter(line -> line.length <= LIMIT).map(Expected::of).toList();
    long large = lines.stream().filter(line -> line.length > LIMIT).count();
    Set<JsonNode> endless = new HashSet<>();
    expected.stream()
        .filter(call -> call.isCallOf("wait"))
        .forEach(call -> call.id().ifPresent(endless::add));
    var all = new ByteArrayOutputStream();
    all.writeBytes(script);
    for (JsonNode id : endless) {
      all.writeBytes(
          ("\n"
               + "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":"
                  + id
                  + "}}")
              .getBytes(UTF_8));
    }
    String probe = "probe " + Arrays.hashCode(input);
    all.writeBytes(lastMessages(probe).getBytes(UTF_8));

    List<JsonNode> messages = run(all.toByteArray(), 1 + (input[0] & 0xFF));
    var answers = new Answers(messages, probe);

    var wanted = new HashMap<JsonNode, Integer>();
    int unnamed = 0;
    Set<JsonNode> cancelled = endless;
    for (Expected message : expected) {
      if (message.method().equals("notifications/cancelled") && !message.answers()) {
        cancelled.add(message.message().at("/params/requestId"));
      } else if (message.answers() && message.id().isPresent()) {
        wanted.merge(message.id().get(), 1, Integer::sum);
      } else if (message.answers()) {
        unnamed++;
      }
    }
    answers.assertAlive();
    assertThat(answers.strangers(wanted))
        .as("answers that nobody asked for")
        .isLessThanOrEqualTo(large);
    assertThat(answers.unnamed()).isBetween((long) unnamed, unnamed + large);
    wanted.forEach((id, requests) -> {
      assertThat(answers.of(id)).hasSizeLessThanOrEqualTo(requests + (int) large);
      if (!cancelled.contains(id)) {
        assertThat(answers.of(id)).as("answers to " + id).hasSizeGreaterThanOrEqualTo(requests);
      }
    });
    assertThat(answers.all().filter(answer -> !isFine(answer, expected))).isEmpty();
  }

  private static String lastMessages(String id) {
    return """

    {"jsonrpc":"2.0","id":"%s!","method":"initialize","params":{"protocolVersion":"2025-11-25"}}
    {"jsonrpc":"2.0","method":"notifications/initialized"}
    {"jsonrpc":"2.0","id":"%s","method":"tools/call","params":{"name":"echo","arguments":{"text":"alive"}}}
    """
        .formatted(id, id);
  }

  private static List<JsonNode> run(byte[] bytes, int atATime)
      throws IOException, InterruptedException {
    var out = new ByteArrayOutputStream();
    try (var session = new StdioSession(surface, new LineWriter(out), () -> {})) {
      session.serve(new LineReader(new Dripping(bytes, atATime), LIMIT));
    }
    return lines(out.toByteArray()).stream().map(Expected::json).toList();
  }

  /// A bug of ours shows as an internal error; only the tool that has one may answer so.
  private static boolean isFine(JsonNode answer, List<Expected> requests) {
    if (answer.at("/error/code").asInt(0) == RpcError.INTERNAL_ERROR) {
      return requests.stream()
          .anyMatch(request ->
              (request.isCallOf("bug") || request.isCallOf("wait"))
                  && request.id().filter(answer.path("id")::equals).isPresent());
    }
    JsonNode text = answer.at("/result/content/0/text");
    return text.isMissingNode()
        || requests.stream()
            .anyMatch(request ->
                request.id().filter(answer.path("id")::equals).isPresent()
                    && (!request.isCallOf("echo")
                        || answer.path("result").path("isError").asBoolean()
                        || text.asString()
                            .equals(
                                Expected.written(request.message().at("/params/arguments/text")))));
  }

  private static List<byte[]> lines(byte[] bytes) {
    var lines = new ArrayList<byte[]>();
    int start = 0;
    for (int i = 0; i <= bytes.length; i++) {
      if (i == bytes.length || bytes[i] == '\n') {
        byte[] line = Arrays.copyOfRange(bytes, start, i);
        if (!new String(line, UTF_8).chars().allMatch(c -> c == ' ' || c == '\t' || c == '\r')) {
          lines.add(line);
        }
        start = i + 1;
      }
    }
    return lines;
  }

  /// What a session wrote.
  private static final class Answers {
    private final List<JsonNode> probes = new ArrayList<>();
    private final Map<JsonNode, List<JsonNode>> byId = new HashMap<>();
    private long unnamed;

    Answers(List<JsonNode> messages, String probe) {
      for (JsonNode message : messages) {
        assertThat(message.path("jsonrpc").asString()).isEqualTo("2.0");
        if (message.has("method")) {
          assertThat(message.has("id")).as(message::toString).isFalse();
          continue;
        }
        assertThat(message.has("result")).as(message::toString).isNotEqualTo(message.has("error"));
        if (message.path("id").asString("").startsWith(probe)) {
          probes.add(message);
        } else if (message.has("id")) {
          byId.computeIfAbsent(message.get("id"), _ -> new ArrayList<>()).add(message);
        } else {
          assertThat(message.has("error")).as(message::toString).isTrue();
          unnamed++;
        }
      }
    }

    List<JsonNode> of(JsonNode id) {
      return byId.getOrDefault(id, List.of());
    }

    Stream<JsonNode> all() {
      return byId.values().stream().flatMap(List::stream);
    }

    long unnamed() {
      return unnamed;
    }

    long strangers(Map<JsonNode, Integer> wanted) {
      return byId.entrySet().stream()
          .filter(entry -> !wanted.containsKey(entry.getKey()))
          .mapToLong(entry -> entry.getValue().size())
          .sum();
    }

    void assertAlive() {
      assertThat(probes).hasSize(2).allMatch(answer -> answer.has("result"));
    }
  }

  /// Gives so many bytes at a time.
  private static final class Dripping extends InputStream {
    private final ByteArrayInputStream bytes;
    private final int atATime;

    Dripping(byte[] bytes, int atATime) {
      this.bytes = new ByteArrayInputStream(bytes);
      this.atATime = atATime;
    }

    @Override
    public int read() {
      return bytes.read();
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      return bytes.read(into, offset, Math.min(length, atATime));
    }
  }
}
