package dev.homeport.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Locale;

/// One client of an MCP server over HTTP, on a connection of its own that stays open: asks for one
/// thing after the other. Does as little as HTTP allows, so that the processors are the server's.
/// For one thread.
final class HttpCaller implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 60_000;
  private static final String INITIALIZE =
      "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"benchmark\",\"version\":\"1\"}}}";

  private final Socket socket;
  private final InputStream in;
  private final int port;
  private String session = "";
  private int sent;

  /// Connects and shakes hands.
  HttpCaller(int port) throws IOException {
    this.port = port;
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new BufferedInputStream(socket.getInputStream());
    post(INITIALIZE.getBytes(UTF_8));
    await(200);
    post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}".getBytes(UTF_8));
    await(202);
  }

  /// Asks and waits for the answer.
  ///
  /// @param request what follows the id
  /// @throws IOException if the answer is an error, or that to something else
  void ask(byte[] request) throws IOException {
    sent++;
    byte[] head = "{\"jsonrpc\":\"2.0\",\"id\":%d".formatted(sent).getBytes(US_ASCII);
    byte[] body = new byte[head.length + request.length];
    System.arraycopy(head, 0, body, 0, head.length);
    System.arraycopy(request, 0, body, head.length, request.length);
    post(body);
    String answer = await(200);
    if (!answer.contains("\"id\":" + sent)
        || answer.contains("\"error\":{")
        || answer.contains("\"isError\":true")) {
      throw new IOException("the answer to %d is %s".formatted(sent, answer));
    }
  }

  private void post(byte[] body) throws IOException {
    byte[] head =
        """
        POST /mcp HTTP/1.1\r
        Host: 127.0.0.1:%d\r
        Content-Type: application/json\r
        Accept: application/json, text/event-stream\r
        %sContent-Length: %d\r
        \r
        """
            .formatted(
                port, session.isEmpty() ? "" : "Mcp-Session-Id: " + session + "\r\n", body.length)
            .getBytes(US_ASCII);
    byte[] whole = new byte[head.length + body.length];
    System.arraycopy(head, 0, whole, 0, head.length);
    System.arraycopy(body, 0, whole, head.length, body.length);
    socket.getOutputStream().write(whole);
  }

  private String await(int expected) throws IOException {
    int status = Integer.parseInt(line().substring(9, 12));
    int length = 0;
    boolean isChunked = false;
    for (String header = line(); !header.isEmpty(); header = line()) {
      String name = header.toLowerCase(Locale.ROOT);
      if (name.startsWith("content-length:")) {
        length = Integer.parseInt(header.substring(15).strip());
      } else if (name.startsWith("mcp-session-id:")) {
        session = header.substring(15).strip();
      } else if (name.equals("transfer-encoding: chunked")) {
        isChunked = true;
      }
    }
    String body = isChunked ? chunks() : new String(in.readNBytes(length), UTF_8);
    if (status != expected) {
      throw new IOException("status " + status + ": " + body);
    }
    return body;
  }

  private String chunks() throws IOException {
    var body = new StringBuilder();
    while (true) {
      int size = Integer.parseInt(line(), 16);
      body.append(new String(in.readNBytes(size), UTF_8));
      line();
      if (size == 0) {
        return body.toString();
      }
    }
  }

  private String line() throws IOException {
    var line = new StringBuilder(64);
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new IOException("the server closed the connection");
      }
      if (b != '\r') {
        line.append((char) b);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
