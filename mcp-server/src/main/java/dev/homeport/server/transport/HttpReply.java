package dev.homeport.server.transport;

import dev.homeport.server.protocol.Client;
import dev.homeport.server.protocol.Json;
import dev.homeport.server.protocol.Message;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The answer to one message over HTTP: one JSON object, or a stream of events (SSE) from the first
/// notification on, or when the work takes long. Thread-safe.
///
/// A stream is kept alive with comments. The first that cannot be written says that the client is
/// gone, which cancels the request: its thread is interrupted.
final class HttpReply implements Client.Notifier, AutoCloseable {
  /// So often a stream gets a sign of life, and a silent answer becomes one.
  static final int ALIVE_SECONDS = 5;

  private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] EVENT = "event: message\ndata: ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END = "\n\n".getBytes(StandardCharsets.US_ASCII);

  private final HttpServletResponse response;
  private final ScheduledFuture<?> sign;
  private final Thread worker = Thread.currentThread();
  private @Nullable OutputStream stream;
  private boolean isOver;

  /// For the thread that works on the request.
  HttpReply(HttpServletResponse response, ScheduledExecutorService timer) {
    this.response = response;
    this.sign =
        timer.scheduleAtFixedRate(
            () -> Thread.ofVirtual().start(this::showLife),
            ALIVE_SECONDS,
            ALIVE_SECONDS,
            TimeUnit.SECONDS);
  }

  @Override
  public void send(String method, Map<String, ?> params) {
    send(Message.notification(method, params));
  }

  /// Sends a message before the last one; does nothing once the client is gone.
  synchronized void send(Map<String, ?> message) {
    if (!isOver) {
      try {
        event(message);
      } catch (IOException gone) {
        giveUp(gone);
      }
    }
  }

  /// Sends the last message.
  ///
  /// @param status of the answer, if it is not a stream already
  synchronized void finish(int status, Map<String, ?> message) {
    if (isOver) {
      return;
    }
    isOver = true;
    try {
      if (stream != null) {
        event(message);
        return;
      }
      var json = new ByteArrayOutputStream(512);
      Json.write(message, json);
      response.setStatus(status);
      response.setContentType("application/json");
      response.setContentLength(json.size());
      json.writeTo(response.getOutputStream());
    } catch (IOException gone) {
      System.getLogger(HttpReply.class.getName())
          .log(Level.DEBUG, "an answer could not be written", gone);
    }
  }

  /// Whether the last message is on its way, or nobody wants it any more.
  synchronized boolean isOver() {
    return isOver;
  }

  private void event(Map<String, ?> message) throws IOException {
    var event = new ByteArrayOutputStream(512);
    event.writeBytes(EVENT);
    Json.write(message, event);
    event.writeBytes(END);
    write(event.toByteArray());
  }

  private synchronized void showLife() {
    if (!isOver) {
      try {
        write(COMMENT);
      } catch (IOException gone) {
        giveUp(gone);
      }
    }
  }

  private void write(byte[] bytes) throws IOException {
    OutputStream to = stream;
    if (to == null) {
      response.setStatus(HttpServletResponse.SC_OK);
      response.setContentType("text/event-stream");
      response.setHeader("Cache-Control", "no-cache");
      response.setHeader("X-Accel-Buffering", "no");
      to = response.getOutputStream();
      stream = to;
    }
    to.write(bytes);
    to.flush();
  }

  private void giveUp(IOException gone) {
    System.getLogger(HttpReply.class.getName()).log(Level.DEBUG, "the client is gone", gone);
    isOver = true;
    worker.interrupt();
  }

  /// Interrupts the work for a client that no longer wants the answer; it gets one all the same, as
  /// HTTP wants it.
  synchronized void cancel() {
    if (!isOver) {
      worker.interrupt();
    }
  }

  /// Nobody writes any more, and nobody interrupts; the thread is free for its next request.
  @Override
  public void close() {
    sign.cancel(false);
    synchronized (this) {
      isOver = true;
      var _ = Thread.interrupted();
    }
  }
}
