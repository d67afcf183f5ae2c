package dev.homeport.sandbox.egress.proxy;

import dev.homeport.sandbox.egress.EgressPolicy;
import dev.homeport.sandbox.egress.EgressRule;
import dev.homeport.sandbox.egress.Host;
import dev.homeport.sandbox.egress.HostResolver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// Connects to servers. A name is resolved once, its addresses are held to the rules, and to one of
/// these very addresses the connection goes. Thread-safe.
final class Dialer {
  /// For so long a server may say nothing.
  static final int SILENCE_MS = 600_000;

  private static final int CONNECT_MS = 10_000;
  private static final int HANDSHAKE_MS = 20_000;

  private final EgressPolicy policy;
  private final HostResolver resolver;
  private volatile @Nullable SSLContext trusting;

  Dialer(EgressPolicy policy, HostResolver resolver) {
    this.policy = policy;
    this.resolver = resolver;
  }

  /// @throws RefusedException if all addresses are private ones that no rule names
  Socket connect(Target target) throws IOException {
    IOException last = null;
    for (InetAddress address : addresses(target)) {
      var socket = new Socket(Proxy.NO_PROXY);
      try {
        socket.connect(new InetSocketAddress(address, target.port()), CONNECT_MS);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(SILENCE_MS);
        return socket;
      } catch (IOException e) {
        socket.close();
        last = e;
      }
    }
    throw new IOException(target.name() + " could not be reached", last);
  }

  /// The same with TLS where the target has it.
  Socket open(Target target) throws IOException {
    Socket plain = connect(target);
    if (!target.secure()) {
      return plain;
    }
    try {
      var factory = context().getSocketFactory();
      var secure =
          (SSLSocket) factory.createSocket(plain, target.host().name(), target.port(), true);
      SSLParameters parameters = secure.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      parameters.setApplicationProtocols(new String[] {"http/1.1"});
      if (target.host().address().isEmpty()) {
        parameters.setServerNames(List.of(new SNIHostName(target.host().name())));
      }
      secure.setSSLParameters(parameters);
      secure.setSoTimeout(HANDSHAKE_MS);
      secure.startHandshake();
      secure.setSoTimeout(SILENCE_MS);
      return secure;
    } catch (SSLException e) {
      plain.close();
      throw new IOException("TLS with " + target.name() + " failed: " + e.getMessage(), e);
    } catch (IOException e) {
      plain.close();
      throw e;
    }
  }

  private List<InetAddress> addresses(Target target) throws IOException {
    Host host = target.host();
    List<InetAddress> all =
        host.address().isPresent() ? List.of(host.address().get()) : resolve(host.name());
    List<EgressRule> rules =
        policy.rules().stream().filter(rule -> rule.reaches(host, target.port())).toList();
    List<InetAddress> allowed =
        all.stream()
            .filter(address ->
                PublicAddresses.contains(address)
                    || rules.stream().anyMatch(rule -> rule.names(address)))
            .toList();
    if (allowed.isEmpty()) {
      throw new RefusedException(
          host.name() + " has a private address that no rule for it names (addresses: […])");
    }
    return allowed;
  }

  private List<InetAddress> resolve(String name) throws IOException {
    try {
      return resolver.resolve(name);
    } catch (UnknownHostException e) {
      throw new IOException(name + " has no address", e);
    }
  }

  /// Made once: to read all authorities of the JDK takes a while.
  private SSLContext context() throws IOException {
    SSLContext made = trusting;
    if (made == null) {
      List<Path> authorities = policy.authorities();
      made = Authorities.trusting(authorities);
      trusting = made;
    }
    return made;
  }
}
