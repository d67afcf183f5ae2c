package dev.homeport.sandbox.egress.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/// A program in a sandbox, as the proxy sees one: whatever bytes it likes, through the socket.
final class TestClient implements AutoCloseable {
  private Socket socket;

  TestClient(Path socket) throws IOException {
    var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    channel.connect(UnixDomainSocketAddress.of(socket));
    this.socket = new ChannelSocket(channel);
  }

  TestClient send(String text) throws IOException {
    socket.getOutputStream().write(text.replace("\n", "\r\n").getBytes(ISO_8859_1));
    socket.getOutputStream().flush();
    return this;
  }

  /// Reads the head of an answer.
  String head() throws IOException {
    return until("\r\n\r\n");
  }

  /// Reads up to a text.
  String until(String end) throws IOException {
    var head = new ByteArrayOutputStream();
    while (!head.toString(ISO_8859_1).endsWith(end)) {
      int next = socket.getInputStream().read();
      assertThat(next).as(head.toString(ISO_8859_1)).isNotNegative();
      head.write(next);
    }
    return head.toString(ISO_8859_1);
  }

  /// Says that no more comes, and reads until the end.
  String rest() throws IOException {
    socket.shutdownOutput();
    return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
  }

  /// Reads until the other side ends.
  String all() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
  }

  /// Goes on with TLS.
  ///
  /// @param names the server that is asked for; none to name nobody
  TestClient secure(Path authority, String... names) throws IOException {
    SSLContext context = Authorities.trusting(List.of(authority));
    var secure = (SSLSocket) context.getSocketFactory().createSocket(socket, null, 443, true);
    var parameters = secure.getSSLParameters();
    parameters.setServerNames(
        List.of(names).stream().<SNIServerName>map(SNIHostName::new).toList());
    secure.setSSLParameters(parameters);
    secure.startHandshake();
    socket = secure;
    return this;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
