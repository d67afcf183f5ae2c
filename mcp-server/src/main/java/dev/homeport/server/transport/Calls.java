package dev.homeport.server.transport;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The requests that are being worked on, each on a thread of its own. Thread-safe.
///
/// A request that comes while no other is at work, as most do, gets a platform thread: each fsync
/// of a virtual one would wake a second carrier. Those of a crowd get virtual threads, which change
/// places at less cost.
///
/// At most [#RUNNING] run at a time, and [#WAITING] more wait; past that, [#start] blocks, which
/// stops the reading of further messages and so holds the client back.
final class Calls {
  static final int RUNNING = 64;
  static final int WAITING = 192;

  private static final Duration CLEAN_UP_LIMIT = Duration.ofSeconds(1);
  private static final ScopedValue<Call> CURRENT = ScopedValue.newInstance();

  /// A call, and one before it that is answered but has not ended.
  private static final int LONE_AT_MOST = 2;

  private static final Duration IDLE_LIMIT = Duration.ofSeconds(10);
  private static final Executor LONE =
      new ThreadPoolExecutor(
          0,
          RUNNING,
          IDLE_LIMIT.toMillis(),
          TimeUnit.MILLISECONDS,
          new SynchronousQueue<>(),
          Thread.ofPlatform().daemon().name("call-", 0).factory());

  private enum State {
    AT_WORK,
    ANSWERED,
    CANCELLED
  }

  /// A request at work. Equal to itself only, since ids come again.
  private static final class Call {
    private final AtomicReference<State> state = new AtomicReference<>(State.AT_WORK);

    /// The thread that works, as long as it does: it may serve another call later.
    private @Nullable Thread thread;

    synchronized void worksOn(@Nullable Thread worker) {
      thread = worker;
    }

    synchronized void interrupt() {
      if (thread != null) {
        thread.interrupt();
      }
    }
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
    Runnable run = () -> run(id, call, work);
    if (calls.size() <= LONE_AT_MOST) {
      LONE.execute(run);
    } else {
      Thread.ofVirtual().name("call-" + id).start(run);
    }
    return true;
  }

  private void run(Object id, Call call, Runnable work) {
    call.worksOn(Thread.currentThread());
    try {
      running.acquire();
      try {
        if (call.state.get() == State.AT_WORK) {
          ScopedValue.where(CURRENT, call).run(work);
        }
      } finally {
        running.release();
      }
    } catch (InterruptedException cancelled) {
      Thread.currentThread().interrupt();
    } finally {
      call.worksOn(null);
      calls.remove(id, call);
      admitted.release();
    }
  }

  /// Interrupts the work on a request; from now on nothing is sent for it. Does nothing if the
  /// request is unknown or already answered.
  void cancel(Object id) {
    Call call = calls.get(id);
    if (call != null && call.state.compareAndSet(State.AT_WORK, State.CANCELLED)) {
      call.interrupt();
    }
  }

  /// Whether a request of this id is still to be answered, or was cancelled and has not ended.
  boolean isAtWork(Object id) {
    Call call = calls.get(id);
    return call != null && call.state.get() != State.ANSWERED;
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
