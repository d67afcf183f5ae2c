package dev.homeport.server.transport;

import dev.homeport.server.protocol.Surface;
import io.modelcontextprotocol.json.jackson3.JacksonMcpJsonMapper;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.server.transport.ServerHttpHeaderValidator;
import io.modelcontextprotocol.spec.McpStreamableServerTransportProvider;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import tools.jackson.databind.json.JsonMapper;

/// All that one surface needs to be served over HTTP: its sessions, its calls at work and its
/// streams are its own, so that clients of two lanes cannot meet. Thread-safe.
///
/// Use: give [#provider] to the SDK's server builder, which is left the legacy sessions.
public final class HttpLane implements AutoCloseable {
  private static final Duration STOP_LIMIT = Duration.ofSeconds(5);
  private static final long LONGEST_SWEEP_PAUSE = TimeUnit.MINUTES.toNanos(1);

  private final Surface surface;
  private final HttpServletStreamableServerTransportProvider servlet;
  private final SessionEnd sessionEnd;
  private final KnownSessions sessions;
  private final ScheduledExecutorService timer = timer();
  private final McpFilter filter;
  private final RequestGate gate;

  /// @param surface what clients see
  public HttpLane(Surface surface) {
    this(surface, new SessionPlaces(SessionLimits.DEFAULT));
  }

  /// @param places the room that the server has for sessions
  public HttpLane(Surface surface, SessionPlaces places) {
    this(surface, RequestGate.CALLS, places);
  }

  /// @param calls so many calls may be at work at a time
  /// @param places the room that the server has for sessions
  public HttpLane(Surface surface, int calls, SessionPlaces places) {
    this(surface, calls, places, System::nanoTime);
  }

  /// @param nanoTime says by what time a session is idle
  HttpLane(Surface surface, int calls, SessionPlaces places, LongSupplier nanoTime) {
    this.surface = surface;
    this.gate = new RequestGate(calls);
    servlet =
        HttpServletStreamableServerTransportProvider.builder()
            .jsonMapper(new JacksonMcpJsonMapper(JsonMapper.shared()))
            .mcpEndpoint(HttpTransport.ENDPOINT)
            .maxRequestSize(StdioTransport.MESSAGE_LIMIT)
            .httpHeaderValidator(ServerHttpHeaderValidator.NOOP)
            .build();
    sessionEnd = new SessionEnd(servlet);
    sessions = new KnownSessions(servlet, nanoTime);
    SessionPlaces.Share share = places.share();
    filter = new McpFilter(surface, sessions, share, timer);
    sweepRegularly(share.limits().idle().toNanos());
  }

  private void sweepRegularly(long idle) {
    long pause = Math.clamp(idle / 10, 1, LONGEST_SWEEP_PAUSE);
    var _ =
        timer.scheduleWithFixedDelay(
            () -> sessions.idle(idle).forEach(this::end), pause, pause, TimeUnit.NANOSECONDS);
  }

  private void end(String session) {
    sessions.forget(session);
    try {
      sessionEnd.of(session);
    } catch (IOException | ServletException | RuntimeException failed) {
      System.getLogger(HttpLane.class.getName())
          .log(Level.WARNING, "a session that nobody used did not end", failed);
    }
  }

  private static ScheduledExecutorService timer() {
    var timer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("http-alive").factory());
    timer.setRemoveOnCancelPolicy(true); // most requests end before the first sign of life
    return timer;
  }

  /// What the SDK's server builder wants.
  public McpStreamableServerTransportProvider provider() {
    return sessions;
  }

  /// Answers a request, or leaves a stream open for it.
  void answer(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    gate.doFilter(
        request, response, (asked, answer) -> filter.doFilter(asked, answer, servlet::service));
  }

  /// Ends what listens.
  public void endStreams() {
    surface.changes().end();
  }

  @Override
  public void close() {
    servlet.closeGracefully().timeout(STOP_LIMIT).onErrorComplete().subscribe();
    timer.shutdownNow();
    sessions.forgetAll();
  }
}
