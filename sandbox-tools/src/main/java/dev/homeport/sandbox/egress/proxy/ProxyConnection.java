package dev.homeport.sandbox.egress.proxy;

import dev.homeport.sandbox.egress.BaseUrl;
import dev.homeport.sandbox.egress.EgressRule;
import dev.homeport.sandbox.egress.Host;
import dev.homeport.sandbox.egress.http.BadMessageException;
import dev.homeport.sandbox.egress.http.Fields;
import dev.homeport.sandbox.egress.http.Framing;
import dev.homeport.sandbox.egress.http.HttpSide;
import dev.homeport.sandbox.egress.http.RequestHead;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIMatcher;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.StandardConstants;

/// One connection out of a sandbox. For one thread.
final class ProxyConnection {
  private static final String CONNECT = "CONNECT";
  private static final int MOST_DRAINED = 1 << 20;

  private final Services services;
  private final HttpSide client;

  ProxyConnection(Services services, Socket socket) throws IOException {
    this.services = services;
    this.client = new HttpSide(socket);
  }

  /// Tells what a request asks for.
  private interface Reading {
    Exchange.Asked read(RequestHead head) throws BadMessageException;
  }

  /// Serves a client that knows that it talks to a proxy.
  void proxy() throws IOException, InterruptedException {
    for (Optional<RequestHead> next = next(client); next.isPresent(); next = next(client)) {
      if (next.get().method().equals(CONNECT)) {
        connect(next.get());
        return;
      }
      if (!exchange(client, next.get(), ProxyConnection::absolute)) {
        drain(client);
        return;
      }
    }
  }

  /// Serves a client that believes to talk to a server.
  void serve(BaseUrl url) throws IOException {
    var target = new Target(url.secure(), url.host(), url.port());
    serve(client, head -> new Exchange.Asked(target, head.target()));
  }

  private void serve(HttpSide side, Reading reading) throws IOException {
    for (Optional<RequestHead> next = next(side); next.isPresent(); next = next(side)) {
      if (!exchange(side, next.get(), reading)) {
        drain(side);
        return;
      }
    }
  }

  /// The next request, if there is one that can be understood.
  private Optional<RequestHead> next(HttpSide side) throws IOException {
    try {
      return side.readRequest();
    } catch (BadMessageException e) {
      misunderstood(side, "", e);
      drain(side);
      return Optional.empty();
    }
  }

  private boolean exchange(HttpSide side, RequestHead head, Reading reading) throws IOException {
    Exchange.Asked asked;
    try {
      asked = reading.read(head);
    } catch (BadMessageException e) {
      misunderstood(side, head.method(), e);
      return false;
    }
    return new Exchange(services, side, head, asked).run();
  }

  private void misunderstood(HttpSide side, String method, BadMessageException why)
      throws IOException {
    String reason = String.valueOf(why.getMessage());
    Account account = Account.ofUnknown(method);
    account.refuse(reason);
    services.note(account);
    services.answers().misunderstood(side, reason);
  }

  /// Lets the client read the answer before the end: what it still sends would break that off.
  private static void drain(HttpSide side) throws IOException {
    side.socket().shutdownOutput();
    InputStream rest = side.rest();
    byte[] ignored = new byte[8 << 10];
    int drained = 0;
    for (int count = rest.read(ignored); count >= 0 && drained < MOST_DRAINED; ) {
      drained += count;
      count = rest.read(ignored);
    }
  }

  /// `http://host:port/path`.
  private static Exchange.Asked absolute(RequestHead head) throws BadMessageException {
    String scheme = "http://";
    if (!head.target().regionMatches(true, 0, scheme, 0, scheme.length())) {
      throw new BadMessageException(
          "a proxy is asked for http://host/path, or with CONNECT for what is encrypted");
    }
    String rest = head.target().substring(scheme.length());
    int end = 0;
    while (end < rest.length() && "/?#".indexOf(rest.charAt(end)) < 0) {
      end++;
    }
    Target target =
        Target.parse(false, rest.substring(0, end))
            .orElseThrow(() -> new BadMessageException("the host of the URL is none"));
    requireHost(head, target);
    String path = rest.substring(end);
    return new Exchange.Asked(target, path.startsWith("/") ? path : "/" + path);
  }

  private static void requireHost(RequestHead head, Target target) throws BadMessageException {
    List<String> hosts = head.fields().all("host");
    boolean none = hosts.isEmpty() && !head.http11();
    boolean same =
        hosts.size() == 1
            && Target.parse(target.secure(), hosts.getFirst()).equals(Optional.of(target));
    if (!none && !same) {
      throw new BadMessageException(
          "Host must be %s, once, as that is what was asked for".formatted(target.authority()));
    }
  }

  private void connect(RequestHead head) throws IOException, InterruptedException {
    Target target;
    try {
      target =
          Target.parse(true, head.target())
              .orElseThrow(() -> new BadMessageException("CONNECT takes host:port"));
      if (!head.fields().all("host").isEmpty()) {
        requireHost(head, target);
      }
      if (!(Framing.ofRequest(head.http11(), head.fields()) instanceof Framing.Empty)) {
        throw new BadMessageException("CONNECT has no body");
      }
    } catch (BadMessageException e) {
      misunderstood(client, CONNECT, e);
      drain(client);
      return;
    }
    switch (services.judge().connection(target.host(), target.port())) {
      case Judge.Verdict.Allowed(EgressRule rule) -> tunnel(target, rule);
      case Judge.Verdict.Inspected _ -> inspect(target);
      case Judge.Verdict.Refused(String reason) -> {
        var account = new Account(target, CONNECT, "");
        account.refuse(reason);
        services.note(account);
        services.answers().refuse(client, reason, CONNECT + " " + target.name());
        drain(client);
      }
    }
  }

  private void established() throws IOException {
    client.writeHead(
        "HTTP/1.1 200 Connection established", new Fields(List.of()), new Framing.Empty());
  }

  private void tunnel(Target target, EgressRule rule) throws IOException, InterruptedException {
    var account = new Account(target, CONNECT, "");
    try {
      account.allow(rule);
      Optional<Socket> server = dial(target, account);
      if (server.isEmpty()) {
        return;
      }
      try {
        established();
        new Tunnel(client, server.get(), target, account).run();
      } finally {
        services.upstreams().drop(server.get());
      }
    } finally {
      services.note(account);
    }
  }

  /// Connects, or answers why not.
  private Optional<Socket> dial(Target target, Account account) throws IOException {
    try {
      return Optional.of(services.upstreams().connect(target));
    } catch (RefusedException e) {
      String reason = String.valueOf(e.getMessage());
      account.refuse(reason);
      services.answers().refuse(client, reason, CONNECT + " " + target.name());
    } catch (IOException e) {
      String reason = String.valueOf(e.getMessage());
      account.fail(reason);
      services.answers().failed(client, reason);
    }
    drain(client);
    return Optional.empty();
  }

  /// Ends TLS here, so that each request is seen.
  private void inspect(Target target) throws IOException {
    established();
    try (SSLSocket secure = secure(target)) {
      if (greets(secure, target)) {
        serve(
            new HttpSide(secure),
            head -> {
              requireHost(head, target);
              return new Exchange.Asked(target, head.target());
            });
      }
    }
  }

  private boolean greets(SSLSocket secure, Target target) throws IOException {
    try {
      secure.startHandshake();
      return true;
    } catch (SSLException e) {
      var account = new Account(target, CONNECT, "");
      account.refuse("TLS with the program in the sandbox failed: " + e.getMessage());
      services.note(account);
      return false;
    }
  }

  private SSLSocket secure(Target target) throws IOException {
    var factory = services.authority().contextFor(target.host()).getSocketFactory();
    // What was read along with the request is read again.
    var read = new ByteArrayInputStream(client.takeBuffered());
    var secure = (SSLSocket) factory.createSocket(client.socket(), read, true);
    SSLParameters parameters = secure.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"http/1.1"});
    parameters.setSNIMatchers(List.of(new Named(target.host())));
    secure.setSSLParameters(parameters);
    return secure;
  }

  /// Takes only a greeting that names the host.
  private static final class Named extends SNIMatcher {
    private final Host host;

    Named(Host host) {
      super(StandardConstants.SNI_HOST_NAME);
      this.host = host;
    }

    @Override
    public boolean matches(SNIServerName name) {
      return Host.parse(new SNIHostName(name.getEncoded()).getAsciiName())
          .equals(Optional.of(host));
    }
  }
}
