package dev.homeport.server.transport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.databind.json.JsonMapper;

/// Writes each message as one line, whole, in one call. Thread-safe.
///
/// A reader that is slow holds the writers back; one that is gone makes [#write] fail.
final class LineWriter {
  private final ReentrantLock lock = new ReentrantLock();
  private final OutputStream out;
  private final JsonMapper mapper;

  LineWriter(OutputStream out, JsonMapper mapper) {
    this.out = out;
    this.mapper = mapper;
  }

  /// Writes a message, a record of the SDK or a map.
  void write(Object message) throws IOException {
    var line = new ByteArrayOutputStream(512);
    mapper.writeValue(line, message);
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
