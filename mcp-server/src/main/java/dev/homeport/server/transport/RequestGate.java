package dev.homeport.server.transport;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// Lets requests in until it is closed, and bounds how many calls are at work. Thread-safe.
///
/// Only POST counts: a GET is a stream that stays open as long as the client likes. A POST that
/// becomes such a stream says so with [#leave].
final class RequestGate implements Filter {
  static final int CALLS = 1_024;
  private static final String PLACE = RequestGate.class.getName();

  private final int limit;
  private final Semaphore calls;
  private volatile boolean closed;

  RequestGate(int limit) {
    this.limit = limit;
    this.calls = new Semaphore(limit);
  }

  /// The right of a call to be at work, given back once.
  private final class Place {
    private final AtomicBoolean isTaken = new AtomicBoolean(true);

    private final Optional<Place> outer;

    /// @param outer the one at a gate before this
    Place(Optional<Place> outer) {
      this.outer = outer;
    }

    void giveBack() {
      if (isTaken.compareAndSet(true, false)) {
        calls.release();
      }
    }

    void giveAllBack() {
      giveBack();
      outer.ifPresent(Place::giveAllBack);
    }
  }

  /// A request that is at work no longer, though it is not answered: it listens.
  static void leave(HttpServletRequest request) {
    if (request.getAttribute(PLACE) instanceof Place place) {
      place.giveAllBack();
    }
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    boolean isCall = request instanceof HttpServletRequest http && http.getMethod().equals("POST");
    if (closed || (isCall && !calls.tryAcquire())) {
      ((HttpServletResponse) response).sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
      return;
    }
    if (!isCall) {
      chain.doFilter(request, response);
      return;
    }
    var place =
        new Place(
            request.getAttribute(PLACE) instanceof Place outer
                ? Optional.of(outer)
                : Optional.empty());
    request.setAttribute(PLACE, place);
    try {
      chain.doFilter(request, response);
    } finally {
      place.giveBack();
    }
  }

  /// Refuses what comes from now on.
  void shut() {
    closed = true;
  }

  /// Waits for the calls at work to end.
  void await(Duration patience) throws InterruptedException {
    if (calls.tryAcquire(limit, patience.toNanos(), TimeUnit.NANOSECONDS)) {
      calls.release(limit);
    }
  }
}
