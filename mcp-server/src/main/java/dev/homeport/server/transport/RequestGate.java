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
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Lets requests in until it is closed, and bounds how many calls are at work. Thread-safe.
///
/// Only POST counts: a GET is a stream that stays open as long as the client likes.
final class RequestGate implements Filter {
  static final int CALLS = 1_024;

  private final Semaphore calls = new Semaphore(CALLS);
  private volatile boolean closed;

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    boolean isCall = request instanceof HttpServletRequest http && http.getMethod().equals("POST");
    if (closed || (isCall && !calls.tryAcquire())) {
      ((HttpServletResponse) response).sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
      return;
    }
    try {
      chain.doFilter(request, response);
    } finally {
      if (isCall) {
        calls.release();
      }
    }
  }

  /// Refuses what comes from now on, and waits for the calls at work to end.
  void close(Duration limit) throws InterruptedException {
    closed = true;
    if (calls.tryAcquire(CALLS, limit.toNanos(), TimeUnit.NANOSECONDS)) {
      calls.release(CALLS);
    }
  }
}
