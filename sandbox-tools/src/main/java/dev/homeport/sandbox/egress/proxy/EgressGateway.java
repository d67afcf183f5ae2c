package dev.homeport.sandbox.egress.proxy;

import dev.homeport.sandbox.egress.BaseUrl;
import dev.homeport.sandbox.egress.EgressLog;
import dev.homeport.sandbox.egress.EgressPolicy;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/// The way out of one sandbox: Unix sockets in a directory that the sandbox sees, and what serves
/// them. Thread-safe.
public final class EgressGateway implements AutoCloseable {
  /// Where the sandbox sees the directory.
  public static final String INSIDE = "/run/egress";

  /// The port of the proxy on the loopback interface of the sandbox; URLs have those after it.
  public static final int PORT = 3128;

  private static final String SEEN = "seen";
  private static final String AUTHORITIES = "authorities.pem";
  private static final int BACKLOG = 128;
  private static final int MOST_CONNECTIONS = 128;
  private static final int LONGEST_PATH = 100;
  private static final Duration AFTER_FAILURE = Duration.ofMillis(100);

  private final Path directory;
  private final EgressPolicy policy;
  private final Services services;
  private final Semaphore room = new Semaphore(MOST_CONNECTIONS);
  private final List<ServerSocketChannel> listening = new ArrayList<>();
  private final Set<SocketChannel> clients = ConcurrentHashMap.newKeySet();
  private volatile Owner owner = new Owner("", "");

  /// Whose sandbox it is.
  private record Owner(String session, String sandbox) {}

  /// What is made for it.
  record Shared(
      Judge judge, SecretReader secrets, SandboxAuthority authority, Upstreams upstreams) {}

  private EgressGateway(Path directory, EgressPolicy policy, Shared shared, EgressLog log) {
    this.directory = directory;
    this.policy = policy;
    this.services =
        new Services(
            shared.judge(),
            shared.secrets(),
            shared.authority(),
            shared.upstreams(),
            decision -> log.decided(owner.session(), owner.sandbox(), decision));
  }

  static EgressGateway open(Path directory, EgressPolicy policy, Shared shared, EgressLog log)
      throws IOException {
    var gateway = new EgressGateway(directory, policy, shared, log);
    try {
      gateway.open();
      return gateway;
    } catch (IOException e) {
      gateway.close();
      throw e;
    }
  }

  private void open() throws IOException {
    Path seen = seen();
    if (!Files.exists(seen)) {
      Files.createDirectory(seen);
      Files.setPosixFilePermissions(seen, PosixFilePermissions.fromString("rwxr-xr-x"));
      Path authorities = seen.resolve(AUTHORITIES);
      Files.write(
          authorities,
          Authorities.bundle(policy.authorities(), services.authority().certificate()));
      Files.setPosixFilePermissions(authorities, PosixFilePermissions.fromString("rw-r--r--"));
    }
    listen(PORT, ProxyConnection::proxy);
    for (int i = 0; i < policy.baseUrls().size(); i++) {
      BaseUrl url = policy.baseUrls().get(i);
      listen(PORT + 1 + i, connection -> connection.serve(url));
    }
  }

  private interface Serving {
    void serve(ProxyConnection connection) throws IOException, InterruptedException;
  }

  private void listen(int port, Serving serving) throws IOException {
    Path socket = seen().resolve(Integer.toString(port));
    // That of a server that was killed.
    Files.deleteIfExists(socket);
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    listening.add(channel);
    bind(channel, socket);
    // The directory above lets in nobody but this user and the sandbox.
    Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw-rw-"));
    Thread.ofVirtual().name("egress-" + port).start(() -> accept(channel, serving));
  }

  /// The path may be longer than the kernel takes for a socket.
  private static void bind(ServerSocketChannel channel, Path socket) throws IOException {
    if (socket.toString().length() <= LONGEST_PATH) {
      channel.bind(UnixDomainSocketAddress.of(socket), BACKLOG);
      return;
    }
    Path directory = Files.createTempDirectory("homeport");
    Path link = directory.resolve("seen");
    try {
      Files.createSymbolicLink(link, socket.getParent());
      channel.bind(UnixDomainSocketAddress.of(link.resolve(socket.getFileName())), BACKLOG);
    } finally {
      Files.deleteIfExists(link);
      Files.deleteIfExists(directory);
    }
  }

  private void accept(ServerSocketChannel channel, Serving serving) {
    while (channel.isOpen()) {
      try {
        SocketChannel client = channel.accept();
        clients.add(client);
        Thread.ofVirtual().name("egress").start(() -> serve(client, serving));
      } catch (ClosedChannelException e) {
        return; // The sandbox has ended.
      } catch (IOException e) {
        // As when there are too many open files.
        logger().log(Level.WARNING, "egress=no connection was taken: {0}", e.getMessage());
        LockSupport.parkNanos(AFTER_FAILURE.toNanos());
      }
    }
  }

  private void serve(SocketChannel client, Serving serving) {
    boolean admitted = room.tryAcquire();
    try (client) {
      if (admitted) {
        serving.serve(new ProxyConnection(services, new ChannelSocket(client)));
      }
    } catch (IOException e) {
      logger().log(Level.DEBUG, "egress=a connection broke: {0}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      clients.remove(client);
      if (admitted) {
        room.release();
      }
    }
  }

  private static System.Logger logger() {
    return System.getLogger(EgressGateway.class.getName());
  }

  /// The directory that the sandbox sees, read-only.
  public Path seen() {
    return directory.resolve(SEEN);
  }

  /// Says whose sandbox it is, for the log.
  public void own(String session, String sandbox) {
    owner = new Owner(session, sandbox);
  }

  /// The ports on the loopback interface of the sandbox, each of which leads to the socket of that
  /// name in the directory.
  public static List<Integer> ports(EgressPolicy policy) {
    var ports = new ArrayList<Integer>();
    for (int i = 0; i <= policy.baseUrls().size(); i++) {
      ports.add(PORT + i);
    }
    return ports;
  }

  /// The variables that lead programs there.
  public static Map<String, String> environment(EgressPolicy policy) {
    var variables = new LinkedHashMap<String, String>();
    String proxy = "http://127.0.0.1:" + PORT;
    for (String name : List.of("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")) {
      variables.put(name, proxy);
      variables.put(name.toLowerCase(Locale.ROOT), proxy);
    }
    variables.put("NO_PROXY", "127.0.0.1,localhost");
    variables.put("no_proxy", "127.0.0.1,localhost");
    variables.put("NODE_USE_ENV_PROXY", "1");
    for (String name :
        List.of(
            "SSL_CERT_FILE",
            "NODE_EXTRA_CA_CERTS",
            "REQUESTS_CA_BUNDLE",
            "CURL_CA_BUNDLE",
            "GIT_SSL_CAINFO")) {
      variables.put(name, INSIDE + "/" + AUTHORITIES);
    }
    int port = PORT;
    for (BaseUrl url : policy.baseUrls()) {
      port++;
      variables.put(url.variable(), "http://127.0.0.1:" + port + url.path());
    }
    return variables;
  }

  /// Ends all connections. The sockets go first: a thread that waits at one may hold it open for a
  /// moment after it was closed.
  @Override
  public void close() throws IOException {
    for (int port : ports(policy)) {
      Files.deleteIfExists(seen().resolve(Integer.toString(port)));
    }
    for (ServerSocketChannel channel : listening) {
      channel.close();
    }
    for (SocketChannel client : clients) {
      client.close();
    }
    services.upstreams().close();
  }
}
