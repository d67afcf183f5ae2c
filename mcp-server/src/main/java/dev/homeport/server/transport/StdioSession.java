package dev.homeport.server.transport;

import dev.homeport.server.protocol.Changes;
import dev.homeport.server.protocol.Client;
import dev.homeport.server.protocol.InputRequiredException;
import dev.homeport.server.protocol.LegacyLane;
import dev.homeport.server.protocol.Message;
import dev.homeport.server.protocol.ModernLane;
import dev.homeport.server.protocol.ProtocolException;
import dev.homeport.server.protocol.RpcError;
import dev.homeport.server.protocol.Subscription;
import dev.homeport.server.protocol.Surface;
import dev.homeport.server.protocol.Topic;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The one client of a process: reads its messages in order and has each answered, in the era that
/// it is of.
///
/// What needs no work is answered on the reading thread, everything else on threads of [Calls]. A
/// legacy request after `initialize` says `notifications/initialized` where the client did not.
final class StdioSession implements AutoCloseable {
  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(5);

  private enum Handshake {
    NONE,
    ANSWERED,
    COMPLETE
  }

  private final Surface surface;
  private final LegacyLane legacy;
  private final ModernLane modern;
  private final LineWriter writer;
  private final Calls calls = new Calls();
  private final Subscriptions subscriptions;
  private final Runnable onServing;
  private final Changes.Registration registration;
  private volatile Handshake handshake = Handshake.NONE;
  private String clientName = Client.UNKNOWN;
  private boolean serving;

  StdioSession(Surface surface, LineWriter writer, Runnable onServing) {
    this.surface = surface;
    this.legacy = new LegacyLane(surface.card());
    this.modern = new ModernLane(surface.card(), surface.methods());
    this.writer = writer;
    this.onServing = onServing;
    this.subscriptions = new Subscriptions(this::write);
    this.registration = surface.changes().listen(this::changed);
  }

  void serve(LineReader lines) throws IOException, InterruptedException {
    LineReader.Line line = lines.next();
    while (!(line instanceof LineReader.Line.End)) {
      if (line instanceof LineReader.Line.Content(var bytes)) {
        accept(Message.parse(bytes));
      } else if (line instanceof LineReader.Line.TooLarge(var idJson)) {
        refuseLarge(idJson.orElse("null"));
      }
      line = lines.next();
    }
    calls.drain(DRAIN_LIMIT);
  }

  private void accept(Message message) throws InterruptedException {
    // No switch: the JVM makes a class for each that matches patterns, which delays the handshake.
    if (message instanceof Message.Request request) {
      accept(request);
    } else if (message instanceof Message.Notification notification) {
      accept(notification);
    } else if (message instanceof Message.Invalid(var id, var error)) {
      refuse(id, error);
    } else {
      log().log(Level.DEBUG, "an answer to nothing: {0}", message);
    }
  }

  private void accept(Message.Request request) throws InterruptedException {
    try {
      if (ModernLane.isModern(request)) {
        acceptModern(request);
      } else {
        acceptLegacy(request);
      }
    } catch (ProtocolException refused) {
      refuse(request.id(), refused.error());
    }
  }

  private void acceptModern(Message.Request request)
      throws ProtocolException, InterruptedException {
    Client client = modern.client(request, this::notifyOfCall);
    if (request.method().equals(ModernLane.LISTEN)) {
      if (calls.isAtWork(request.id())) {
        throw new ProtocolException(RpcError.idInUse());
      }
      subscriptions.open(request.id(), Subscription.of(request, surface.card().changing()));
    } else {
      start(request, () -> modern.answer(request, client));
    }
    startServing();
  }

  private void acceptLegacy(Message.Request request)
      throws ProtocolException, InterruptedException {
    if (request.method().equals("initialize")) {
      Map<String, Object> result = legacy.initialize(request);
      clientName = Client.nameIn(request.params().get("clientInfo"));
      handshake = Handshake.ANSWERED;
      write(Message.result(request.id(), result));
      return;
    }
    var simple = legacy.answer(request);
    if (simple.isPresent()) {
      write(Message.result(request.id(), simple.get()));
    } else if (handshake == Handshake.NONE) {
      throw new ProtocolException(
          RpcError.INVALID_REQUEST, "Send `initialize` before `" + request.method() + "`");
    } else {
      completeHandshake();
      var client = new Client(clientName, this::notifyOfCall);
      start(
          request,
          () ->
              surface
                  .methods()
                  .answer(request, client)
                  .orElseThrow(
                      () -> new ProtocolException(RpcError.methodNotFound(request.method()))));
    }
  }

  /// Work on a request.
  private interface Work {
    Map<String, Object> result()
        throws ProtocolException, InputRequiredException, InterruptedException;
  }

  private void start(Message.Request request, Work work)
      throws ProtocolException, InterruptedException {
    if (subscriptions.has(request.id())
        || !calls.start(request.id(), () -> answer(request, work))) {
      throw new ProtocolException(RpcError.idInUse());
    }
  }

  private void answer(Message.Request request, Work work) {
    Map<String, Object> answer;
    try {
      answer = Message.result(request.id(), work.result());
    } catch (ProtocolException
        | InputRequiredException
        | InterruptedException
        | RuntimeException
        | Error thrown) {
      answer = Message.error(request.id(), RpcError.of(request.method(), thrown));
    }
    if (calls.mayAnswer(request.id())) {
      write(answer);
    }
  }

  private void accept(Message.Notification notification) {
    switch (notification.method()) {
      case "notifications/initialized" -> completeHandshake();
      case "notifications/cancelled" -> {
        Object id = notification.params().get("requestId");
        if (id != null && !subscriptions.cancel(id)) {
          calls.cancel(id);
        }
      }
      default -> log().log(Level.DEBUG, "method={0} not used", notification.method());
    }
  }

  private void completeHandshake() {
    if (handshake == Handshake.ANSWERED) {
      handshake = Handshake.COMPLETE;
      startServing();
    }
  }

  private void startServing() {
    if (!serving) {
      serving = true;
      Thread.ofVirtual().name("serving").start(onServing);
    }
  }

  private void changed(Topic topic) {
    if (handshake == Handshake.COMPLETE) {
      write(Message.notification(topic.method(), Map.of()));
    }
    subscriptions.changed(topic);
  }

  private void notifyOfCall(String method, Map<String, ?> params) {
    if (calls.mayNotify()) {
      write(Message.notification(method, params));
    }
  }

  private void refuseLarge(String idJson) {
    refuse(
        id(idJson),
        new RpcError(
            RpcError.INVALID_REQUEST,
            "The message is larger than %,d bytes; send less at a time"
                .formatted(StdioTransport.MESSAGE_LIMIT)));
  }

  private static @Nullable Object id(String json) {
    String message = "{\"jsonrpc\":\"2.0\",\"method\":\"\",\"id\":" + json + "}";
    try {
      return Message.parse(new ByteArrayInputStream(message.getBytes(StandardCharsets.UTF_8)))
              instanceof Message.Request request
          ? request.id()
          : null;
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private void refuse(@Nullable Object id, RpcError error) {
    write(Message.error(id, error));
  }

  private void write(Map<String, ?> message) {
    try {
      writer.write(message);
    } catch (IOException gone) {
      // The client closed its end. Its input ends as well, and with it the loop.
      log().log(Level.DEBUG, "a message could not be written", gone);
    }
  }

  /// Looked for when it is needed: the search for a logging library would delay the handshake.
  private static System.Logger log() {
    return System.getLogger(StdioSession.class.getName());
  }

  @Override
  public void close() {
    registration.close();
    subscriptions.end();
  }
}
