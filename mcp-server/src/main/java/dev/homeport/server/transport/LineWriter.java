package dev.homeport.server.transport;

import dev.homeport.server.protocol.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// Writes each message as one line, whole, in one call. Thread-safe.
///
/// A reader that is slow holds the writers back; one that is gone makes [#write] fail.
final class LineWriter {
  private final ReentrantLock lock = new ReentrantLock();
  private final OutputStream out;

  LineWriter(OutputStream out) {
    this.out = out;
  }

  /// Writes a message.
  void write(Map<String, ?> message) throws IOException {
    var line = new ByteArrayOutputStream(512);
    Json.write(message, line);
    line.write('\n');
    lock.lock();
    try {
      line.writeTo(out);
      out.flush();
    } finally {
      lock.unlock();
    }
  }
}
