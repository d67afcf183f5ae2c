package dev.homeport.server.transport;

import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.json.jackson3.JacksonMcpJsonMapper;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse.JSONRPCError;
import io.modelcontextprotocol.spec.McpServerSession;
import io.modelcontextprotocol.spec.McpServerTransport;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The one client of a process: reads its messages in order and gives each to the SDK's session.
///
/// The handshake runs on the reading thread, everything else on threads of [Calls]. The SDK keeps
/// requests waiting until the client has said `notifications/initialized`; here a request that
/// comes first says it on the client's behalf.
final class StdioSession implements McpServerTransport {
  private static final System.Logger LOG = System.getLogger(StdioSession.class.getName());
  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(5);
  private static final Set<String> NEEDS_HANDSHAKE =
      Set.of("tools", "resources", "prompts", "completion", "logging", "skills");

  private enum Handshake {
    NONE,
    ANSWERED,
    COMPLETE
  }

  private final JsonMapper mapper = JsonMapper.shared();
  private final JacksonMcpJsonMapper sdkMapper = new JacksonMcpJsonMapper(mapper);
  private final LineWriter writer;
  private final Calls calls = new Calls();
  private final McpServerSession session;
  private final ExtensionMethods extensions;
  private final Runnable onInitialized;
  private Handshake handshake = Handshake.NONE;

  StdioSession(
      McpServerSession.Factory factory,
      LineWriter writer,
      ExtensionMethods extensions,
      Runnable onInitialized) {
    this.writer = writer;
    this.extensions = extensions;
    this.onInitialized = onInitialized;
    this.session = factory.create(this);
  }

  void serve(LineReader lines) throws IOException, InterruptedException {
    while (true) {
      switch (lines.next()) {
        case LineReader.Line.Content(var bytes) -> accept(Incoming.parse(bytes, mapper));
        case LineReader.Line.TooLarge(var idJson) -> refuseLarge(idJson.orElse("null"));
        case LineReader.Line.End() -> {
          calls.drain(DRAIN_LIMIT);
          return;
        }
      }
    }
  }

  Mono<Void> notifyClient(String method, Object params) {
    return session.sendNotification(method, params);
  }

  private void accept(Incoming incoming) throws InterruptedException {
    switch (incoming) {
      case Incoming.Request(var request) -> accept(request);
      case Incoming.Notification(var notification) -> accept(notification);
      case Incoming.Response(var response) -> handle(response);
      case Incoming.Invalid(var id, var error) -> send(id, error);
    }
  }

  private void accept(JSONRPCRequest request) throws InterruptedException {
    String method = request.method();
    if (method.equals(McpSchema.METHOD_INITIALIZE)) {
      handle(request);
      handshake = Handshake.ANSWERED;
    } else if (method.equals(McpSchema.METHOD_PING)) {
      write(JSONRPCResponse.result(request.id(), Map.of()));
    } else if (handshake == Handshake.NONE && NEEDS_HANDSHAKE.contains(family(method))) {
      send(
          request.id(),
          new JSONRPCError(
              ErrorCodes.INVALID_REQUEST, "Send `initialize` before `" + method + "`"));
    } else {
      completeHandshake();
      start(request);
    }
  }

  private void start(JSONRPCRequest request) throws InterruptedException {
    if (!calls.start(request.id(), () -> answer(request))) {
      send(
          request.id(),
          new JSONRPCError(
              ErrorCodes.INVALID_REQUEST, "A request with this id is still being worked on"));
    }
  }

  private void answer(JSONRPCRequest request) {
    Optional<JSONRPCResponse> answer = extensions.answer(request);
    if (answer.isEmpty()) {
      handle(request);
    } else if (calls.mayAnswer(request.id())) {
      write(answer.get());
    }
  }

  private void accept(JSONRPCNotification notification) {
    switch (notification.method()) {
      case McpSchema.METHOD_NOTIFICATION_INITIALIZED -> completeHandshake();
      case "notifications/cancelled" -> {
        Object id =
            notification.params() instanceof Map<?, ?> params ? params.get("requestId") : null;
        if (id != null) {
          calls.cancel(id);
        }
      }
      // A handler may ask the client something, so it must not keep the reader from its answer.
      default -> Thread.ofVirtual().name("notification").start(() -> handle(notification));
    }
  }

  private void completeHandshake() {
    if (handshake == Handshake.ANSWERED) {
      handshake = Handshake.COMPLETE;
      handle(new JSONRPCNotification(McpSchema.METHOD_NOTIFICATION_INITIALIZED));
      Thread.ofVirtual().name("initialized").start(onInitialized);
    }
  }

  private void handle(JSONRPCMessage message) {
    session
        .handle(message)
        .onErrorComplete(failed -> {
          LOG.log(Level.WARNING, "a message could not be handled", failed);
          return true;
        })
        .block();
  }

  private void refuseLarge(String idJson) {
    send(
        id(idJson),
        new JSONRPCError(
            ErrorCodes.INVALID_REQUEST,
            "The message is larger than %,d bytes; send less at a time"
                .formatted(StdioTransport.MESSAGE_LIMIT)));
  }

  private @Nullable Object id(String json) {
    try {
      Object id = mapper.readValue(json, Object.class);
      return id instanceof String || id instanceof Number ? id : null;
    } catch (JacksonException broken) {
      return null;
    }
  }

  private void send(@Nullable Object id, JSONRPCError error) {
    if (id != null) {
      write(JSONRPCResponse.error(id, error));
    } else {
      write(Map.of("jsonrpc", "2.0", "error", error));
    }
  }

  private void write(Object message) {
    try {
      writer.write(message);
    } catch (IOException gone) {
      // The client closed its end. Its input ends as well, and with it the loop.
      LOG.log(Level.DEBUG, "an answer could not be written", gone);
    }
  }

  private static String family(String method) {
    int slash = method.indexOf('/');
    return slash < 0 ? method : method.substring(0, slash);
  }

  @Override
  public Mono<Void> sendMessage(JSONRPCMessage message) {
    return Mono.fromRunnable(() -> {
      boolean wanted =
          message instanceof JSONRPCResponse response
              ? calls.mayAnswer(response.id())
              : calls.mayNotify();
      if (wanted) {
        write(message);
      }
    });
  }

  @Override
  public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
    return sdkMapper.convertValue(data, type);
  }

  @Override
  public Mono<Void> closeGracefully() {
    return Mono.empty();
  }
}
