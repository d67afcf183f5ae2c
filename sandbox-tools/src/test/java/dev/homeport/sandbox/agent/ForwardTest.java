package dev.homeport.sandbox.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Ports of the agent that lead to a Unix socket, outside of any sandbox.
@Tag("compiler")
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ForwardTest {
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  @TempDir Path directory;
  private Path path;
  private int port;
  private AgentProcess agent;
  private AgentChannel channel;

  @BeforeEach
  void start() throws Exception {
    path = directory.resolve("socket");
    try (var free = new ServerSocket(0, 1, LOOPBACK)) {
      port = free.getLocalPort();
    }
    agent = AgentProcess.start(directory, "--forward", port + "=" + path);
    channel = AgentChannel.open("agent", agent.link(), false);
  }

  @AfterEach
  void stop() throws Exception {
    channel.close();
    agent.close();
  }

  /// Sends back what it gets, until it gets no more.
  private ServerSocketChannel echo() throws IOException {
    Files.deleteIfExists(path);
    var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(path), 128);
    Thread.ofVirtual()
        .start(() -> {
          while (server.isOpen()) {
            try {
              SocketChannel client = server.accept();
              Thread.ofVirtual().start(() -> echo(client));
            } catch (IOException e) {
              return;
            }
          }
        });
    return server;
  }

  private static void echo(SocketChannel client) {
    try (client) {
      InputStream input = Channels.newInputStream(client);
      OutputStream output = Channels.newOutputStream(client);
      input.transferTo(output);
    } catch (IOException e) {
      // The client is gone.
    }
  }

  private Socket connect() throws IOException {
    return new Socket(LOOPBACK, port);
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static byte[] exchange(Socket socket, byte[] bytes) throws Exception {
    Thread sender =
        Thread.ofVirtual()
            .start(() -> {
              try {
                socket.getOutputStream().write(bytes);
                socket.shutdownOutput();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    byte[] received = socket.getInputStream().readAllBytes();
    sender.join();
    return received;
  }

  @Test
  void passesMoreThanAnyBufferHoldsAndTheEnd() throws Exception {
    byte[] bytes = random(8 << 20);
    try (var _ = echo();
        Socket socket = connect()) {
      assertThat(exchange(socket, bytes)).isEqualTo(bytes);
    }
  }

  @Test
  void servesManyAtATime() throws Exception {
    try (var _ = echo();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers = new ArrayList<Future<byte[]>>();
      for (int i = 1; i <= 300; i++) {
        byte[] bytes = random(i * 100);
        answers.add(
            threads.submit(() -> {
              try (Socket socket = connect()) {
                return exchange(socket, bytes);
              }
            }));
      }
      for (int i = 1; i <= 300; i++) {
        assertThat(answers.get(i - 1).get()).isEqualTo(random(i * 100));
      }
    }
  }

  @Test
  void endsAClientWhoseServerIsNotThereAndFindsTheNextOne() throws Exception {
    try (Socket socket = connect()) {
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
    try (var _ = echo();
        Socket socket = connect()) {
      assertThat(exchange(socket, random(10))).isEqualTo(random(10));
    }
    try (var _ = echo();
        Socket socket = connect()) {
      assertThat(exchange(socket, random(11))).isEqualTo(random(11));
    }
  }

  @Test
  void goesOnAfterClientsThatBreakOff() throws Exception {
    try (var _ = echo()) {
      for (int i = 0; i < 400; i++) {
        try (Socket socket = connect()) {
          socket.setSoLinger(true, 0);
          socket.getOutputStream().write(random(100_000));
        }
      }
      try (Socket socket = connect()) {
        assertThat(exchange(socket, random(10))).isEqualTo(random(10));
      }
    }
  }

  @Test
  void listensOnTheLoopbackInterfaceAlone() throws Exception {
    String hexadecimal = "%04X".formatted(port);

    assertThat(Files.readAllLines(Path.of("/proc/net/tcp")))
        .anyMatch(line -> line.contains(" 0100007F:" + hexadecimal + " 00000000:0000 0A "))
        .noneMatch(line -> line.contains(" 00000000:" + hexadecimal + " "));
  }
}
