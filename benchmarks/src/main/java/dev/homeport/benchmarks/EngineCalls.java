package dev.homeport.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The few calls of the Docker engine's API that Homeport is compared with, each on a connection of
/// its own and with nothing around it.
final class EngineCalls {
  private static final UnixDomainSocketAddress ENGINE =
      UnixDomainSocketAddress.of(Path.of("/var/run/docker.sock"));
  private static final Pattern ID = Pattern.compile("\"Id\":\"([0-9a-f]+)\"");
  private static final String HOST_CONFIG =
      """
      {"NetworkMode":"none","AutoRemove":true,"LogConfig":{"Type":"none"},"Binds":["/usr:/usr:ro"],\
      "CapDrop":["ALL"],"SecurityOpt":["no-new-privileges"]}\
      """;

  private static final String COMMITTED = "homeport-benchmark";

  private EngineCalls() {}

  /// Makes and starts a container that sleeps, without network, and gives its id.
  static String run(String image) throws IOException {
    String body =
        "{\"Image\":\"%s\",\"User\":\"1000:1000\",\"Cmd\":[\"sleep\",\"600\"],\"HostConfig\":%s}"
            .formatted(image, HOST_CONFIG);
    String id = id(call("POST", "/containers/create", body));
    call("POST", "/containers/" + id + "/start", "");
    return id;
  }

  /// Makes an image of a container's files.
  static String commit(String container) throws IOException {
    call("POST", "/commit?container=" + container + "&repo=" + COMMITTED, "");
    return COMMITTED;
  }

  static void removeCommitted() throws IOException {
    call("DELETE", "/images/" + COMMITTED + "?force=1", "");
  }

  /// What the engine tells about a container's use.
  static String stats(String container) throws IOException {
    return call("GET", "/containers/" + container + "/stats?stream=false&one-shot=true", "");
  }

  static void remove(String container) throws IOException {
    call("DELETE", "/containers/" + container + "?force=1&v=1", "");
  }

  /// Starts a command and waits for the first byte that it prints, and then for the last.
  ///
  /// @return when the first one was there, by [System#nanoTime]
  static long exec(String container, String command) throws IOException {
    String body =
        "{\"AttachStdout\":true,\"AttachStderr\":true,\"Cmd\":[\"sh\",\"-c\",\"%s\"]}"
            .formatted(command.replace("\"", "\\\""));
    String id = id(call("POST", "/containers/" + container + "/exec", body));
    try (SocketChannel channel =
        send("POST", "/exec/" + id + "/start", "{\"Detach\":false,\"Tty\":false}")) {
      InputStream input = Channels.newInputStream(channel);
      skipHead(input);
      input.readNBytes(9);
      long first = System.nanoTime();
      input.transferTo(java.io.OutputStream.nullOutputStream());
      return first;
    }
  }

  private static void skipHead(InputStream input) throws IOException {
    var head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      int next = input.read();
      if (next < 0) {
        throw new IOException("the engine said " + head);
      }
      head.append((char) next);
    }
  }

  private static String id(String answer) throws IOException {
    Matcher found = ID.matcher(answer);
    if (!found.find()) {
      throw new IOException("the engine said " + answer);
    }
    return found.group(1);
  }

  private static String call(String method, String path, String body) throws IOException {
    try (SocketChannel channel = send(method, path, body)) {
      var answer = new ByteArrayOutputStream();
      Channels.newInputStream(channel).transferTo(answer);
      String text = answer.toString(StandardCharsets.UTF_8);
      if (!text.startsWith("HTTP/1.1 2")) {
        throw new IOException("the engine said " + text);
      }
      return text;
    }
  }

  private static SocketChannel send(String method, String path, String body) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    channel.connect(ENGINE);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String head =
        """
        %s %s HTTP/1.1\r
        Host: docker\r
        Content-Type: application/json\r
        Content-Length: %d\r
        Connection: close\r
        \r
        """
            .formatted(method, path, bytes.length);
    var request = ByteBuffer.allocate(head.length() + bytes.length);
    request.put(head.getBytes(StandardCharsets.US_ASCII)).put(bytes).flip();
    while (request.hasRemaining()) {
      channel.write(request);
    }
    return channel;
  }
}
