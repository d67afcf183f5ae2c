package dev.homeport.server.transport;

import dev.homeport.server.protocol.RpcError;
import jakarta.servlet.http.HttpServletResponse;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/// The room that a server has for sessions of the legacy era, shared by its lanes. Thread-safe.
public final class SessionPlaces {
  private static final int TOO_MANY_REQUESTS = 429;

  private final SessionLimits limits;
  private final Semaphore all;

  public SessionPlaces(SessionLimits limits) {
    this.limits = limits;
    this.all = new Semaphore(limits.ofAll());
  }

  /// So many sessions are open.
  public int taken() {
    return limits.ofAll() - all.availablePermits();
  }

  /// The part of one principal.
  Share share() {
    return new Share();
  }

  /// What became of the wish for a place.
  sealed interface Outcome {}

  /// There is none.
  ///
  /// @param status what HTTP says to that
  record Full(int status, RpcError error) implements Outcome {}

  /// What one principal may have.
  final class Share {
    private final Semaphore own = new Semaphore(limits.ofOne());

    SessionLimits limits() {
      return limits;
    }

    Outcome take() {
      if (!own.tryAcquire()) {
        return full(TOO_MANY_REQUESTS, "You have %,d sessions open".formatted(limits.ofOne()));
      }
      if (!all.tryAcquire()) {
        own.release();
        return full(
            HttpServletResponse.SC_SERVICE_UNAVAILABLE,
            "All %,d sessions of this server are in use".formatted(limits.ofAll()));
      }
      return new Place(own);
    }

    private Full full(int status, String state) {
      return new Full(
          status,
          new RpcError(
              RpcError.INVALID_REQUEST,
              state
                  + ", the most there may be; end one with DELETE, or wait: one that is not used"
                  + " for %d minutes ends by itself".formatted(limits.idle().toMinutes())));
    }
  }

  /// The right of a session to exist, given back once.
  final class Place implements Outcome {
    private final Semaphore own;
    private final AtomicBoolean isTaken = new AtomicBoolean(true);
    private volatile boolean isKept;

    private Place(Semaphore own) {
      this.own = own;
    }

    /// A session is there that gives it back at its end.
    void keep() {
      isKept = true;
    }

    /// Gives it back if no session came to be.
    void settle() {
      if (!isKept) {
        giveBack();
      }
    }

    void giveBack() {
      if (isTaken.compareAndSet(true, false)) {
        all.release();
        own.release();
      }
    }
  }
}
