package dev.homeport.sandbox.agent;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.LinkedBlockingQueue;

/// Writes frames to a link, on a thread of its own.
///
/// A thread that is interrupted while it writes would close the connection, and with it the
/// sandbox; whoever asks for a command may well be interrupted.
final class Sender {
  private static final byte[] END = {};

  private final LinkedBlockingQueue<byte[]> queue = new LinkedBlockingQueue<>();
  private final OutputStream output;
  private final Runnable failed;

  private Sender(OutputStream output, Runnable failed) {
    this.output = output;
    this.failed = failed;
  }

  /// @param failed is called if the other side takes nothing more
  static Sender start(OutputStream output, Runnable failed) {
    var sender = new Sender(output, failed);
    Thread.ofVirtual().name("sandbox-sender").start(sender::run);
    return sender;
  }

  void send(Frame frame) {
    queue.add(frame.bytes());
  }

  /// Nothing more will be sent.
  void stop() {
    queue.add(END);
  }

  private void run() {
    try {
      for (byte[] next = queue.take(); next.length > 0; next = queue.take()) {
        output.write(next);
        output.flush();
      }
    } catch (IOException e) {
      System.getLogger(Sender.class.getName())
          .log(System.Logger.Level.DEBUG, "an agent takes nothing more", e);
      failed.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
