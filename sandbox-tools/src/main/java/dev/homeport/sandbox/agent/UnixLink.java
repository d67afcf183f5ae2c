package dev.homeport.sandbox.agent;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/// A connection through a Unix socket on this machine.
public final class UnixLink implements Link {
  private static final int LONGEST_PATH = 100;

  private final SocketChannel channel;
  private final InputStream input;
  private final OutputStream output;

  private UnixLink(SocketChannel channel) {
    this.channel = channel;
    this.input = Channels.newInputStream(channel);
    this.output = Channels.newOutputStream(channel);
  }

  /// Connects; the path may be longer than the kernel takes for a socket.
  public static UnixLink connect(Path socket) throws IOException {
    if (socket.toString().length() <= LONGEST_PATH) {
      return direct(socket);
    }
    Path directory = Files.createTempDirectory("homeport");
    Path link = directory.resolve("socket");
    try {
      return direct(Files.createSymbolicLink(link, socket));
    } finally {
      Files.deleteIfExists(link);
      Files.deleteIfExists(directory);
    }
  }

  private static UnixLink direct(Path socket) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.connect(UnixDomainSocketAddress.of(socket));
      return new UnixLink(channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public InputStream input() {
    return input;
  }

  @Override
  public OutputStream output() {
    return output;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
