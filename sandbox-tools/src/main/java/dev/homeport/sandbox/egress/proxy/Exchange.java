package dev.homeport.sandbox.egress.proxy;

import dev.homeport.sandbox.egress.Credential;
import dev.homeport.sandbox.egress.EgressRule;
import dev.homeport.sandbox.egress.http.BadMessageException;
import dev.homeport.sandbox.egress.http.Fields;
import dev.homeport.sandbox.egress.http.Framing;
import dev.homeport.sandbox.egress.http.HttpSide;
import dev.homeport.sandbox.egress.http.RequestHead;
import dev.homeport.sandbox.egress.http.ResponseHead;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One request of a sandbox: held to the rules, asked for again with the credential of its rule,
/// and answered.
final class Exchange {
  /// Some servers take one of these for what a rule looks at.
  private static final Set<String> OVERRIDES =
      Set.of(
          "x-http-method",
          "x-http-method-override",
          "x-method-override",
          "x-original-url",
          "x-rewrite-url");

  private static final int MOST_INTERIM = 16;

  private final Services services;
  private final HttpSide client;
  private final RequestHead request;
  private final Asked asked;
  private final Account account;
  private boolean answering;

  /// What a request asks for.
  ///
  /// @param path with the query
  record Asked(Target target, String path) {}

  Exchange(Services services, HttpSide client, RequestHead request, Asked asked) {
    this.services = services;
    this.client = client;
    this.request = request;
    this.asked = asked;
    int query = asked.path().indexOf('?');
    String path = query < 0 ? asked.path() : asked.path().substring(0, query);
    this.account = new Account(asked.target(), request.method(), path);
  }

  /// Answers the request.
  ///
  /// @return whether the client can send another one
  /// @throws IOException if the client cannot be answered
  boolean run() throws IOException {
    try {
      return pass(permit());
    } catch (RefusedException e) {
      account.refuse(String.valueOf(e.getMessage()));
      String what = request.method() + " " + asked.target().name() + " " + asked.path();
      services.answers().refuse(client, String.valueOf(e.getMessage()), what);
      return false;
    } catch (BadMessageException e) {
      if (answering) {
        throw e;
      }
      account.refuse(String.valueOf(e.getMessage()));
      services.answers().misunderstood(client, String.valueOf(e.getMessage()));
      return false;
    } catch (IOException e) {
      account.fail(String.valueOf(e.getMessage()));
      if (answering) {
        throw e;
      }
      services.answers().failed(client, String.valueOf(e.getMessage()));
      return false;
    } finally {
      services.note(account);
    }
  }

  private EgressRule permit() throws RefusedException {
    RequestPath path =
        RequestPath.parse(asked.path())
            .orElseThrow(() ->
                new RefusedException(
                    "the path can be read in two ways; send it without `.`, `..`, `\\` and double"
                        + " encodings"));
    return switch (services.judge().request(asked.target(), request.method(), path)) {
      case Judge.Verdict.Allowed(EgressRule rule) -> rule;
      case Judge.Verdict.Inspected _ -> throw new IllegalStateException("asked for a connection");
      case Judge.Verdict.Refused(String reason) -> throw new RefusedException(reason);
    };
  }

  private boolean pass(EgressRule rule) throws IOException {
    account.allow(rule);
    if (!rule.methods().isEmpty() || !rule.paths().isEmpty()) {
      for (String name : OVERRIDES) {
        if (request.fields().has(name)) {
          throw new RefusedException("the field " + name + " may change what is asked for");
        }
      }
    }
    Framing framing = Framing.ofRequest(request.http11(), request.fields());
    Fields fields = request.fields().forwarded().with("Host", asked.target().authority());
    Mask mask = Mask.NONE;
    if (rule.credential().isPresent()) {
      Credential credential = rule.credential().get();
      String secret = services.secrets().read(credential.source());
      String value = credential.fill(secret);
      mask = mask(secret, value);
      fields =
          fields
              .without(credential.header())
              .without("accept-encoding")
              .with(credential.header(), value)
              .with("Accept-Encoding", "identity");
    }
    HttpSide server = services.upstreams().open(asked.target());
    boolean kept = false;
    try {
      send(server, fields, framing);
      Answer answer = answer(server);
      ResponseHead response = answer.head();
      Framing answered = answer.framing();
      account.answered(response.status());
      Framing passed = framing(answered);
      boolean goesOn = request.keepsAlive() && !(passed instanceof Framing.UntilClose);
      answering = true;
      client.writeHead(
          "HTTP/1.1 " + response.status() + " " + Answers.line(mask.cover(response.reason())),
          fields(response, mask, goesOn),
          passed);
      client.writeBody(mask.cover(server.body(answered)), passed, account::received);
      if (response.keepsAlive()
          && !(answered instanceof Framing.UntilClose)
          && !server.hasBuffered()) {
        services.upstreams().keep(asked.target(), server);
        kept = true;
      }
      return goesOn;
    } finally {
      if (!kept) {
        services.upstreams().drop(server.socket());
      }
    }
  }

  /// The secret as it is, and what the header's scheme makes of it.
  private static Mask mask(String secret, String value) {
    var secrets = new LinkedHashSet<>(List.of(secret));
    for (String word : value.split(" ", -1)) {
      if (word.length() >= secret.length()) {
        secrets.add(word);
      }
    }
    return new Mask(List.copyOf(secrets));
  }

  private void send(HttpSide server, Fields fields, Framing framing) throws IOException {
    if (request.fields().items("expect").contains("100-continue")) {
      client.writeHead("HTTP/1.1 100 Continue", new Fields(List.of()), new Framing.Empty());
    }
    String first = request.method() + " " + asked.path() + " HTTP/1.1";
    server.writeHead(first, fields, framing);
    server.writeBody(client.body(framing), framing, account::sent);
  }

  private record Answer(ResponseHead head, Framing framing) {}

  /// The final answer, after those that only say that one will come.
  private Answer answer(HttpSide server) throws IOException {
    try {
      for (int i = 0; i < MOST_INTERIM; i++) {
        ResponseHead head = server.readResponse();
        if (head.status() >= 200) {
          return new Answer(head, Framing.ofResponse(request.method(), head));
        }
        if (head.status() == 101) {
          break;
        }
      }
    } catch (BadMessageException e) {
      throw new IOException("the answer cannot be passed on: " + e.getMessage(), e);
    }
    throw new IOException("the server answered with another protocol, or not at all");
  }

  /// How the body is passed on, whose end a client of HTTP/1.0 sees only by that of the connection.
  private Framing framing(Framing answered) {
    return switch (answered) {
      case Framing.Empty _, Framing.Length _ -> answered;
      case Framing.Chunked _, Framing.UntilClose _ ->
          request.http11() ? new Framing.Chunked() : new Framing.UntilClose();
    };
  }

  private Fields fields(ResponseHead response, Mask mask, boolean goesOn) {
    Fields fields = response.fields().forwarded().map(mask::cover);
    Optional<String> length = response.fields().all("content-length").stream().findFirst();
    if (request.method().equals("HEAD") && length.isPresent()) {
      fields = fields.with("Content-Length", mask.cover(length.get()));
    }
    return goesOn ? fields : fields.with("Connection", "close");
  }
}
