package dev.homeport.sandbox.egress.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.homeport.sandbox.egress.http.Fields;
import dev.homeport.sandbox.egress.http.Framing;
import dev.homeport.sandbox.egress.http.HttpSide;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;

/// What the proxy itself answers: why something was refused, and what would allow it. Clients show
/// the reason in the first line where they hide the body.
record Answers(Judge judge) {
  static final int BAD_REQUEST = 400;
  static final int FORBIDDEN = 403;
  static final int BAD_GATEWAY = 502;

  private static final int LONGEST_REASON = 200;

  /// A request that no rule takes.
  void refuse(HttpSide client, String reason, String request) throws IOException {
    String text =
        """
        Homeport refused %s: %s.
        Allowed is: %s.
        Nothing inside the sandbox can change that. The user can, under `sandbox.egress` in \
        ~/.config/homeport/config.yaml on the machine of the server, for example with \
        `- {host: api.example.com, methods: [GET], paths: [/v1]}`.
        """
            .formatted(request, reason, judge.allowed());
    write(client, FORBIDDEN, reason, text);
  }

  /// A message that is not understood.
  void misunderstood(HttpSide client, String reason) throws IOException {
    write(client, BAD_REQUEST, reason, "Homeport refused a request: " + reason + ".\n");
  }

  /// An allowed request that failed.
  void failed(HttpSide client, String reason) throws IOException {
    write(
        client,
        BAD_GATEWAY,
        reason,
        "The request is allowed, but Homeport could not make it: " + reason + ".\n");
  }

  private static void write(HttpSide client, int status, String reason, String text)
      throws IOException {
    byte[] body = text.getBytes(UTF_8);
    var fields =
        new Fields(
            List.of(
                new Fields.Field("Content-Type", "text/plain; charset=utf-8"),
                new Fields.Field("Connection", "close")));
    var framing = new Framing.Length(body.length);
    client.writeHead("HTTP/1.1 " + status + " " + line(reason), fields, framing);
    client.writeBody(new ByteArrayInputStream(body), framing, _ -> {});
  }

  /// Fits into the first line of an answer.
  static String line(String reason) {
    return reason
        .substring(0, Math.min(reason.length(), LONGEST_REASON))
        .chars()
        .map(c -> c < ' ' || c >= 127 ? '?' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
