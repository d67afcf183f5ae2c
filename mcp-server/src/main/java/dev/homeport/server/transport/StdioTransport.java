package dev.homeport.server.transport;

import dev.homeport.server.protocol.Surface;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// MCP over a pair of streams, in both eras: one JSON message a line.
///
/// In place of the SDK's, which ends on a malformed line, loses answers under load and at the end
/// of input, knows no cancellation and one era only. Use: call [#serve] once.
public final class StdioTransport {
  /// The most bytes that one message may have: 10 MiB.
  public static final int MESSAGE_LIMIT = 10 * 1024 * 1024;

  private final InputStream in;
  private final OutputStream out;
  private final Surface surface;
  private Runnable onServing = () -> {};

  /// @param in messages from the client
  /// @param out messages to the client; nothing else may write to it
  /// @param surface what the client sees
  public StdioTransport(InputStream in, OutputStream out, Surface surface) {
    this.in = in;
    this.out = out;
    this.surface = surface;
  }

  /// Has something begun, on a thread of its own, once the client has ended the handshake or sent
  /// its first request of the modern era.
  public void whenServing(Runnable next) {
    onServing = next;
  }

  /// Serves the client until its messages end; then requests already read are answered, for five
  /// seconds at most, and what still runs is cancelled.
  ///
  /// @throws IOException if the input cannot be read
  public void serve() throws IOException, InterruptedException {
    try (var session = new StdioSession(surface, new LineWriter(out), onServing)) {
      session.serve(new LineReader(in, MESSAGE_LIMIT));
    }
  }
}
