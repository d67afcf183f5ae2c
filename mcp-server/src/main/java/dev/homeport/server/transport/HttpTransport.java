package dev.homeport.server.transport;

import jakarta.servlet.Filter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;

/// MCP over Streamable HTTP at `/mcp`.
///
/// A request with a foreign `Host` gets 421, one with a foreign `Origin` 403, so that no web page
/// can reach the server through its visitor's browser. Every request runs on a virtual thread.
public final class HttpTransport implements AutoCloseable {
  /// Where clients find the server.
  public static final String ENDPOINT = "/mcp";

  private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

  /// So long a client may take for the next bytes of a request, or for taking those of an answer.
  private static final Duration SLOWEST = Duration.ofSeconds(20);

  private static final Duration IDLE_LIMIT = Duration.ofMinutes(5);

  /// Held here, since a logger that nobody holds forgets its level.
  private static final Logger TOMCAT_LOG = Logger.getLogger("org.apache");

  private final Tomcat tomcat = new Tomcat();
  private final Path directory;
  private final HttpSettings settings;
  private final Connector connector;
  private final RequestGate gate = new RequestGate(RequestGate.CALLS);
  private final Admission admission;
  private final Optional<MonitorPage> page;

  /// @param admission decides who is served, and with what; closed with this
  public HttpTransport(HttpSettings settings, Admission admission) throws IOException {
    this(settings, admission, Optional.empty());
  }

  /// @param monitor what the operator sees of it
  public HttpTransport(HttpSettings settings, Admission admission, Optional<Monitor> monitor)
      throws IOException {
    this.settings = settings;
    this.admission = admission;
    TOMCAT_LOG.setLevel(Level.WARNING);
    directory = Files.createTempDirectory("homeport-http-");
    connector = connector(settings);
    tomcat.setBaseDir(directory.toString());
    tomcat.setConnector(connector);
    page = monitor.map(this::watch);
    configure();
  }

  private MonitorPage watch(Monitor monitor) {
    Connector own = connector(HttpSettings.loopback(monitor.port()));
    tomcat.setConnector(own);
    tomcat.getEngine().getPipeline().addValve(new AnswerLog(monitor, own));
    return new MonitorPage(monitor, own);
  }

  private static Connector connector(HttpSettings settings) {
    var connector = new Connector("HTTP/1.1");
    connector.setPort(settings.port());
    connector.setThrowOnFailure(true);
    connector.setProperty("address", settings.address().getHostAddress());
    connector.setProperty("maxKeepAliveRequests", "-1");
    connector.setProperty("maxConnections", Integer.toString(settings.connections()));
    connector.setProperty("connectionTimeout", Long.toString(SLOWEST.toMillis()));
    connector.setProperty("keepAliveTimeout", Long.toString(IDLE_LIMIT.toMillis()));
    settings.tls().ifPresent(tls -> encrypt(connector, tls));
    connector
        .getProtocolHandler()
        .setExecutor(
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("http-", 0).factory()));
    return connector;
  }

  private static void encrypt(Connector connector, HttpSettings.Tls tls) {
    connector.setSecure(true);
    connector.setScheme("https");
    connector.setProperty("SSLEnabled", "true");
    var host = new SSLHostConfig();
    host.setProtocols("TLSv1.2+TLSv1.3");
    var certificate = new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
    certificate.setCertificateFile(tls.certificate().toString());
    certificate.setCertificateKeyFile(tls.key().toString());
    host.addCertificate(certificate);
    connector.addSslHostConfig(host);
  }

  private void configure() {
    ((StandardHost) tomcat.getHost()).setErrorReportValveClass("");
    var context = (StandardContext) tomcat.addContext("", directory.toString());
    // Looking for leaks on stop needs the JDK's internals opened.
    context.setClearReferencesThreadLocals(false);
    context.setClearReferencesRmiTargets(false);
    add(context, new HeaderGuard(settings));
    Wrapper servlet = Tomcat.addServlet(context, "mcp", new McpServlet(admission, gate, page));
    servlet.setAsyncSupported(true);
    servlet.addMapping("/");
  }

  private static void add(StandardContext context, Filter filter) {
    var definition = new FilterDef();
    definition.setFilterName("guard");
    definition.setFilter(filter);
    definition.setAsyncSupported("true");
    context.addFilterDef(definition);
    var everything = new FilterMap();
    everything.setFilterName("guard");
    everything.addURLPattern("/*");
    context.addFilterMap(everything);
  }

  /// Begins to listen; close it also if that fails.
  ///
  /// @throws IOException if the port is taken, or the certificate cannot be read
  public void start() throws IOException {
    try {
      tomcat.start();
    } catch (LifecycleException failed) {
      throw new IOException(
          "cannot listen on %s:%d%s"
              .formatted(settings.address().getHostAddress(), connector.getPort(), orThatOfPage()),
          failed);
    }
  }

  private String orThatOfPage() {
    return page.isEmpty() ? "" : ", or on the port of the metrics";
  }

  /// The port that it listens on.
  public int port() {
    return connector.getLocalPort();
  }

  /// The port of the monitor's page, if there is one.
  public Optional<Integer> monitorPort() {
    return page.map(MonitorPage::port);
  }

  /// The URL under which somebody on this machine finds it.
  public String url() {
    return settings.url(port());
  }

  /// Takes no more requests, lets those at work end for five seconds at most, and stops.
  @Override
  public void close() throws IOException {
    gate.shut();
    admission.endStreams();
    try {
      gate.await(STOP_LIMIT);
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
    try {
      stop();
    } finally {
      admission.close();
    }
  }

  private void stop() throws IOException {
    try {
      tomcat.stop();
      tomcat.destroy();
    } catch (LifecycleException failed) {
      throw new IOException("the HTTP server did not stop in order", failed);
    } finally {
      try (var files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}
