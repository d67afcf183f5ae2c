package dev.homeport.server.transport;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The requests that are being worked on, each on a virtual thread of its own. Thread-safe.
///
/// At most [#RUNNING] run at a time, and [#WAITING] more wait; past that, [#start] blocks, which
/// stops the reading of further messages and so holds the client back.
final class Calls {
  static final int RUNNING = 64;
  static final int WAITING = 192;

  private static final Duration CLEAN_UP_LIMIT = Duration.ofSeconds(1);
  private static final ScopedValue<Call> CURRENT = ScopedValue.newInstance();

  private enum State {
    AT_WORK,
    ANSWERED,
    CANCELLED
  }

  /// A request at work. Equal to itself only, since ids come again.
  private static final class Call {
    private final AtomicReference<State> state = new AtomicReference<>(State.AT_WORK);
    private volatile @Nullable Thread thread;
  }

  private final Map<Object, Call> calls = new ConcurrentHashMap<>();
  private final Semaphore admitted = new Semaphore(RUNNING + WAITING, true);
  private final Semaphore running = new Semaphore(RUNNING, true);

  /// Starts work on a request.
  ///
  /// @return false if a request with this id is still at work
  boolean start(Object id, Runnable work) throws InterruptedException {
    admitted.acquire();
    var call = new Call();
    // A call that is answered may not have ended yet when the client uses its id again.
    Call holder =
        calls.merge(id, call, (old, next) -> old.state.get() == State.ANSWERED ? next : old);
    if (holder != call) {
      admitted.release();
      return false;
    }
    Thread thread = Thread.ofVirtual().name("call-" + id).unstarted(() -> run(id, call, work));
    call.thread = thread;
    thread.start();
    return true;
  }

  private void run(Object id, Call call, Runnable work) {
    try {
      running.acquire();
      try {
        ScopedValue.where(CURRENT, call).run(work);
      } finally {
        running.release();
      }
    } catch (InterruptedException cancelled) {
      Thread.currentThread().interrupt();
    } finally {
      calls.remove(id, call);
      admitted.release();
    }
  }

  /// Interrupts the work on a request; from now on nothing is sent for it. Does nothing if the
  /// request is unknown or already answered.
  void cancel(Object id) {
    Call call = calls.get(id);
    if (call != null && call.state.compareAndSet(State.AT_WORK, State.CANCELLED)) {
      Thread thread = call.thread;
      if (thread != null) {
        thread.interrupt();
      }
    }
  }

  /// Whether the answer to a request may be sent: once, and not if it was cancelled.
  boolean mayAnswer(Object id) {
    Call call = calls.get(id);
    return call == null || call.state.compareAndSet(State.AT_WORK, State.ANSWERED);
  }

  /// Whether the work on the calling thread may send something else, such as progress.
  boolean mayNotify() {
    return !CURRENT.isBound() || CURRENT.get().state.get() == State.AT_WORK;
  }

  /// Waits for all work to end, then cancels what is left and gives it a second to clean up.
  void drain(Duration limit) throws InterruptedException {
    if (!idle(limit)) {
      calls.keySet().forEach(this::cancel);
      idle(CLEAN_UP_LIMIT);
    }
  }

  private boolean idle(Duration limit) throws InterruptedException {
    int all = RUNNING + WAITING;
    boolean idle = admitted.tryAcquire(all, limit.toNanos(), TimeUnit.NANOSECONDS);
    if (idle) {
      admitted.release(all);
    }
    return idle;
  }
}
