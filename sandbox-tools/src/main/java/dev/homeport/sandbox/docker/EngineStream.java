package dev.homeport.sandbox.docker;

import dev.homeport.sandbox.SandboxException;
import dev.homeport.sandbox.SandboxException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// A connection of the engine that was taken over from HTTP for the streams of a process.
///
/// One thread may read while another writes; input can be ended while output goes on.
final class EngineStream implements AutoCloseable {
  private static final int LONGEST_HEAD = 16 << 10;

  private final SocketChannel channel;
  private final InputStream input;
  private final OutputStream output;

  private EngineStream(SocketChannel channel) {
    this.channel = channel;
    this.input = Channels.newInputStream(channel);
    this.output = Channels.newOutputStream(channel);
  }

  /// Posts a request and takes the connection over.
  ///
  /// @param json the body, which may be empty
  /// @throws SandboxException if the engine refuses
  static EngineStream open(Path socket, String path, String json) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.connect(UnixDomainSocketAddress.of(socket));
      byte[] body = json.getBytes(StandardCharsets.UTF_8);
      String head =
          """
          POST %s HTTP/1.1\r
          Host: docker\r
          Content-Type: application/json\r
          Content-Length: %d\r
          Connection: Upgrade\r
          Upgrade: tcp\r
          \r
          """
              .formatted(path, body.length);
      var stream = new EngineStream(channel);
      stream.write(head.getBytes(StandardCharsets.US_ASCII));
      stream.write(body);
      stream.takeOver();
      return stream;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private void write(byte[] bytes) throws IOException {
    var buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  private void takeOver() throws IOException {
    String head = head();
    int space = head.indexOf(' ') + 1;
    String status = head.substring(space, Math.min(space + 3, head.length()));
    if (!status.equals("101") && !status.equals("200")) {
      String reason = new String(input.readNBytes(LONGEST_HEAD), StandardCharsets.UTF_8);
      throw new SandboxException(
          status.equals("404") || status.equals("409") ? Kind.LOST : Kind.FAILED,
          "The Docker engine refused: " + status + " " + reason.strip());
    }
  }

  /// Reads up to the empty line and not a byte further.
  private String head() throws IOException {
    var head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      int next = input.read();
      if (next < 0 || head.length() > LONGEST_HEAD) {
        throw new SandboxException(Kind.LOST, "The Docker engine broke the connection off.");
      }
      head.append((char) next);
    }
    return head.toString();
  }

  InputStream input() {
    return input;
  }

  OutputStream output() {
    return output;
  }

  /// Sends bytes and then the end of input.
  void send(InputStream content) throws IOException {
    content.transferTo(output);
    channel.shutdownOutput();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
