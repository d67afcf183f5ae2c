package dev.homeport.server.transport;

import dev.homeport.server.protocol.Changes;
import dev.homeport.server.protocol.Surface;
import io.modelcontextprotocol.json.jackson3.JacksonMcpJsonMapper;
import io.modelcontextprotocol.server.transport.DefaultServerTransportSecurityValidator;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpStreamableServerTransportProvider;
import jakarta.servlet.Filter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
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
import tools.jackson.databind.json.JsonMapper;

/// MCP over Streamable HTTP at `/mcp`, on the loopback address only.
///
/// A request with a foreign `Host` gets 421, one with a foreign `Origin` 403, so that no web page
/// can reach the server through its visitor's browser. Every request runs on a virtual thread. Use:
/// give [#provider] to the SDK's server builder, which is left the legacy sessions, then call
/// [#start].
public final class HttpTransport implements AutoCloseable {
  /// Where clients find the server.
  public static final String ENDPOINT = "/mcp";

  private static final String ADDRESS = "127.0.0.1";
  private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

  /// Held here, since a logger that nobody holds forgets its level.
  private static final Logger TOMCAT_LOG = Logger.getLogger("org.apache");

  private final Tomcat tomcat = new Tomcat();
  private final Path directory;
  private final Connector connector;
  private final RequestGate gate = new RequestGate();
  private final HttpServletStreamableServerTransportProvider provider;
  private final KnownSessions sessions;
  private final Changes changes;
  private final ScheduledExecutorService timer = timer();

  /// @param port the port to listen on; 0 for any that is free
  /// @param surface what clients see
  public HttpTransport(int port, Surface surface) throws IOException {
    this.changes = surface.changes();
    TOMCAT_LOG.setLevel(Level.WARNING);
    directory = Files.createTempDirectory("homeport-http-");
    provider =
        HttpServletStreamableServerTransportProvider.builder()
            .jsonMapper(new JacksonMcpJsonMapper(JsonMapper.shared()))
            .mcpEndpoint(ENDPOINT)
            .maxRequestSize(StdioTransport.MESSAGE_LIMIT)
            .httpHeaderValidator(loopbackOnly())
            .build();
    sessions = new KnownSessions(provider);
    connector = connector(port);
    configure(new McpFilter(surface, loopbackOnly(), sessions, timer));
  }

  private static ScheduledExecutorService timer() {
    var timer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("http-alive").factory());
    timer.setRemoveOnCancelPolicy(true); // most requests end before the first sign of life
    return timer;
  }

  private static DefaultServerTransportSecurityValidator loopbackOnly() {
    return DefaultServerTransportSecurityValidator.builder()
        .allowedHosts(List.of("localhost:*", "127.0.0.1:*"))
        .allowedOrigins(
            List.of(
                "http://localhost:*",
                "http://127.0.0.1:*",
                "https://localhost:*",
                "https://127.0.0.1:*"))
        .build();
  }

  private static Connector connector(int port) {
    var connector = new Connector("HTTP/1.1");
    connector.setPort(port);
    connector.setThrowOnFailure(true);
    connector.setProperty("address", ADDRESS);
    connector.setProperty("maxKeepAliveRequests", "-1");
    connector
        .getProtocolHandler()
        .setExecutor(
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("http-", 0).factory()));
    return connector;
  }

  private void configure(McpFilter filter) {
    tomcat.setBaseDir(directory.toString());
    tomcat.setConnector(connector);
    ((StandardHost) tomcat.getHost()).setErrorReportValveClass("");
    var context = (StandardContext) tomcat.addContext("", directory.toString());
    // Looking for leaks on stop needs the JDK's internals opened.
    context.setClearReferencesThreadLocals(false);
    context.setClearReferencesRmiTargets(false);
    add(context, "gate", gate);
    add(context, "mcp", filter);
    Wrapper servlet = Tomcat.addServlet(context, "mcp", provider);
    servlet.setAsyncSupported(true);
    servlet.addMapping(ENDPOINT);
  }

  private static void add(StandardContext context, String name, Filter filter) {
    var definition = new FilterDef();
    definition.setFilterName(name);
    definition.setFilter(filter);
    definition.setAsyncSupported("true");
    context.addFilterDef(definition);
    var everything = new FilterMap();
    everything.setFilterName(name);
    everything.addURLPattern("/*");
    context.addFilterMap(everything);
  }

  /// What the SDK's server builder wants.
  public McpStreamableServerTransportProvider provider() {
    return sessions;
  }

  /// Begins to listen; close it also if that fails.
  ///
  /// @throws IOException if the port is taken
  public void start() throws IOException {
    try {
      tomcat.start();
    } catch (LifecycleException failed) {
      throw new IOException("cannot listen on " + ADDRESS + ":" + connector.getPort(), failed);
    }
  }

  /// The port that it listens on.
  public int port() {
    return connector.getLocalPort();
  }

  /// Takes no more requests, lets those at work end for five seconds at most, and stops.
  @Override
  public void close() throws IOException {
    changes.end();
    try {
      gate.close(STOP_LIMIT);
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
    provider.closeGracefully().timeout(STOP_LIMIT).onErrorComplete().subscribe();
    timer.shutdownNow();
    stop();
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
