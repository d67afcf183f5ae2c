package dev.homeport.sandbox.docker;

import dev.homeport.sandbox.agent.Link;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;

/// A connection with the first process of a container, by its standard streams.
///
/// The engine gives everybody who is attached everything, and nothing of what was written before.
final class AttachedLink implements Link {
  private final EngineStream stream;
  private final Demultiplexed input;

  private AttachedLink(EngineStream stream) {
    this.stream = stream;
    this.input = new Demultiplexed(stream.input());
  }

  static AttachedLink open(Path socket, String container) throws IOException {
    String path = "/containers/" + container + "/attach?stream=1&stdin=1&stdout=1";
    return new AttachedLink(EngineStream.open(socket, path, ""));
  }

  @Override
  public InputStream input() {
    return input;
  }

  @Override
  public OutputStream output() {
    return stream.output();
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
