package dev.homeport.sandbox.egress.proxy;

import dev.homeport.sandbox.egress.Host;
import dev.homeport.sandbox.egress.http.HttpSide;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// Passes bytes between a client and a server without understanding them; only a greeting of TLS
/// must name the server that was asked for.
final class Tunnel {
  private static final int BUFFER = 16 << 10;

  /// For so long a client may send after the server has ended.
  private static final Duration AFTERWARDS = Duration.ofSeconds(60);

  private final HttpSide client;
  private final Socket server;
  private final Target target;
  private final Account account;
  private volatile boolean answered;
  private volatile @Nullable IOException broken;

  Tunnel(HttpSide client, Socket server, Target target, Account account) {
    this.client = client;
    this.server = server;
    this.target = target;
    this.account = account;
  }

  /// Returns when both sides have ended, or one is gone.
  void run() throws InterruptedException {
    Thread up = Thread.ofVirtual().name("egress-up").start(this::up);
    try {
      copy(server.getInputStream(), client.output(), account::received);
      client.socket().shutdownOutput();
      up.join(AFTERWARDS);
    } catch (IOException e) {
      broken = e;
    } finally {
      answered = true;
      close();
      up.join();
    }
    IOException found = broken;
    if (found != null) {
      account.fail("the connection broke: " + found.getMessage());
    }
  }

  private void up() {
    try {
      InputStream input = client.rest();
      byte[] first = new byte[ClientHello.MOST_BYTES];
      int length = greeting(input, first);
      OutputStream output = server.getOutputStream();
      output.write(first, 0, length);
      account.sent(length);
      copy(input, output, account::sent);
      server.shutdownOutput();
    } catch (RefusedException e) {
      account.refuse(String.valueOf(e.getMessage()));
      close();
    } catch (IOException e) {
      if (!answered) {
        broken = e;
        close();
      }
    }
  }

  /// Reads until it is known what is spoken.
  ///
  /// @return how many bytes were read
  private int greeting(InputStream input, byte[] first) throws IOException {
    int length = 0;
    while (length < first.length) {
      int count = input.read(first, length, first.length - length);
      if (count < 0) {
        return length;
      }
      length += count;
      switch (ClientHello.read(first, length)) {
        case ClientHello.Incomplete _ -> {}
        case ClientHello.Other _ -> {
          return length;
        }
        case ClientHello.Complete(Optional<String> name) -> {
          requireTarget(name);
          return length;
        }
      }
    }
    throw new RefusedException("a greeting of TLS is too long");
  }

  private void requireTarget(Optional<String> name) throws RefusedException {
    Host host = target.host();
    boolean same =
        name.isEmpty()
            ? host.address().isPresent()
            : name.flatMap(Host::parse).equals(Optional.of(host));
    if (!same) {
      throw new RefusedException(
          "TLS in the tunnel to %s names %s".formatted(host.name(), name.orElse("no server")));
    }
  }

  private static void copy(InputStream input, OutputStream output, LongConsumer count)
      throws IOException {
    byte[] bytes = new byte[BUFFER];
    for (int read = input.read(bytes); read >= 0; read = input.read(bytes)) {
      output.write(bytes, 0, read);
      output.flush();
      count.accept(read);
    }
  }

  private void close() {
    for (Socket socket : Arrays.asList(client.socket(), server)) {
      try {
        socket.close();
      } catch (IOException e) {
        broken = e;
      }
    }
  }
}
