package dev.homeport.server.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// One response as it stands on the wire.
///
/// @param isOpen whether it is a stream that was left before its end
record RawResponse(int status, Map<String, String> headers, String text, boolean isOpen) {
  /// The messages in it, whether it is one or a stream of events.
  List<String> messages() {
    if (!headers.getOrDefault("Content-Type", "").startsWith("text/event-stream")) {
      return text.isEmpty() ? List.of() : List.of(text);
    }
    return text()
        .lines()
        .filter(line -> line.startsWith("data: "))
        .map(line -> line.substring(6))
        .toList();
  }

  /// Reads what comes on a connection whose sender has sent all; a stream that stays open is left
  /// at its first event.
  ///
  /// @param methods of the requests: the answer to HEAD has no body
  /// @throws IOException if it is no HTTP
  static List<RawResponse> all(InputStream in, List<String> methods) throws IOException {
    var responses = new ArrayList<RawResponse>();
    String line = line(in);
    while (!line.isEmpty()) {
      if (!line.startsWith("HTTP/1.1 ")) {
        throw new IOException("no status line: " + line);
      }
      boolean isHead =
          responses.size() < methods.size() && methods.get(responses.size()).equals("HEAD");
      RawResponse response = rest(Integer.parseInt(line.substring(9, 12)), isHead, in);
      if (response.status() != 100) {
        responses.add(response);
      }
      if (response.isOpen()) {
        return responses;
      }
      line = line(in);
    }
    return responses;
  }

  private static RawResponse rest(int status, boolean isHead, InputStream in) throws IOException {
    var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
    }
    var body = new ByteArrayOutputStream();
    if (isHead) {
      return new RawResponse(status, headers, "", false);
    }
    if (headers.getOrDefault("Transfer-Encoding", "").equals("chunked")) {
      boolean isOpen = chunks(in, body);
      return new RawResponse(status, headers, body.toString(UTF_8), isOpen);
    }
    String length = headers.get("Content-Length");
    if (length != null) {
      body.writeBytes(in.readNBytes(Integer.parseInt(length)));
    } else if (status >= 200 && status != 204 && status != 202) {
      boolean isOpen = untilEnd(in, body);
      return new RawResponse(status, headers, body.toString(UTF_8), isOpen);
    }
    return new RawResponse(status, headers, body.toString(UTF_8), false);
  }

  /// What has no length goes on until the connection ends.
  private static boolean untilEnd(InputStream in, ByteArrayOutputStream body) throws IOException {
    for (int b = in.read(); b >= 0; b = in.read()) {
      body.write(b);
      if (b == '\n' && isListening(body)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isListening(ByteArrayOutputStream body) {
    return body.toString(UTF_8).contains("subscriptions/acknowledged");
  }

  private static boolean chunks(InputStream in, ByteArrayOutputStream body) throws IOException {
    while (true) {
      int size = Integer.parseInt(line(in), 16);
      body.writeBytes(in.readNBytes(size));
      line(in);
      if (size == 0) {
        return false;
      }
      if (isListening(body)) {
        return true;
      }
    }
  }

  private static String line(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      line.write(b);
    }
    String text = line.toString(ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }
}
