package dev.homeport.workspace;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/// Makes changes durable in groups: those that come while one group is being committed form the
/// next one and share its lock, its write and its fsync.
///
/// One group is committed at a time, by a thread of its own: a platform thread, as busy virtual
/// threads, which are never preempted, must not keep it waiting. Only a caller who is alone, now
/// and the last time, does the work itself, since waking another thread can cost as much.
/// Thread-safe.
///
/// @param <Q> what a caller asks for
/// @param <A> what it gets once that is durable
public final class GroupCommit<Q, A> {
  /// Commits a group.
  @FunctionalInterface
  public interface Work<Q, A> {
    /// Does what the requests ask for, in their order, and makes it durable.
    ///
    /// It is done again if it was interrupted, and so may end by an exception of an interrupt only
    /// as long as it can begin anew.
    ///
    /// @return one answer for each request; a request may fail alone by [Answer#failed]
    /// @throws IOException if the whole group failed
    List<Answer<A>> commit(List<Q> requests) throws IOException, InterruptedException;
  }

  /// The answer to one request: a value or the reason why there is none.
  public sealed interface Answer<A> {
    /// The request is done and durable.
    record Done<A>(A value) implements Answer<A> {}

    /// The request changed nothing.
    record Failed<A>(IOException reason) implements Answer<A> {}

    /// The request is done and durable.
    static <A> Answer<A> done(A value) {
      return new Done<>(value);
    }

    /// The request changed nothing.
    static <A> Answer<A> failed(IOException reason) {
      return new Failed<>(reason);
    }
  }

  private record Ticket<Q, A>(Q request, CompletableFuture<A> future) {}

  private static final Duration IDLE_LIMIT = Duration.ofSeconds(10);
  private static final Executor THREADS =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          IDLE_LIMIT.toMillis(),
          TimeUnit.MILLISECONDS,
          new SynchronousQueue<>(),
          Thread.ofPlatform().daemon().name("group-commit-", 0).factory());

  private final Work<Q, A> work;
  private final ReentrantLock lock = new ReentrantLock();
  private List<Ticket<Q, A>> waiting = new ArrayList<>();
  private boolean isRunning;

  /// Whether the last group was a single request. Whoever commits may look.
  private volatile boolean isLone = true;

  /// Commits groups by this work.
  public GroupCommit(Work<Q, A> work) {
    this.work = work;
  }

  /// Waits until a request is durable.
  ///
  /// What was begun is finished; an interrupt is kept for the caller's next wait.
  ///
  /// @throws IOException if it failed; nothing of it is acknowledged then
  public A commit(Q request) throws IOException {
    var ticket = new Ticket<Q, A>(request, new CompletableFuture<>());
    if (isFirst(ticket)) {
      if (isLone) {
        commit(next());
        leaveOthers();
      } else {
        THREADS.execute(this::run);
      }
    }
    return new Pending<>(ticket.future).await();
  }

  /// Hands in a request without waiting for it.
  public Pending<A> begin(Q request) {
    var ticket = new Ticket<Q, A>(request, new CompletableFuture<>());
    if (isFirst(ticket)) {
      THREADS.execute(this::run);
    }
    return new Pending<>(ticket.future);
  }

  /// Lets a request wait for the next group, and whether the caller is to see to that.
  private boolean isFirst(Ticket<Q, A> ticket) {
    lock.lock();
    try {
      waiting.add(ticket);
      boolean isFirst = !isRunning;
      isRunning = true;
      return isFirst;
    } finally {
      lock.unlock();
    }
  }

  private void leaveOthers() {
    lock.lock();
    try {
      isRunning = !waiting.isEmpty();
      if (isRunning) {
        THREADS.execute(this::run);
      }
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    for (List<Ticket<Q, A>> group = next(); !group.isEmpty(); group = next()) {
      commit(group);
    }
  }

  private void commit(List<Ticket<Q, A>> group) {
    isLone = group.size() == 1;
    List<Q> requests = group.stream().map(Ticket::request).toList();
    try {
      settle(group, Uninterrupted.call(() -> work.commit(requests)));
    } catch (IOException | RuntimeException | Error e) {
      group.forEach(ticket -> ticket.future.completeExceptionally(e));
    }
  }

  private List<Ticket<Q, A>> next() {
    lock.lock();
    try {
      List<Ticket<Q, A>> group = waiting;
      waiting = new ArrayList<>();
      isRunning = !group.isEmpty();
      return group;
    } finally {
      lock.unlock();
    }
  }

  private static <Q, A> void settle(List<Ticket<Q, A>> group, List<Answer<A>> answers) {
    if (answers.size() != group.size()) {
      throw new IllegalStateException(
          answers.size() + " answers to " + group.size() + " requests of a group");
    }
    for (int i = 0; i < group.size(); i++) {
      switch (answers.get(i)) {
        case Answer.Done<A>(A value) -> group.get(i).future.complete(value);
        case Answer.Failed<A>(IOException reason) ->
            group.get(i).future.completeExceptionally(reason);
      }
    }
  }

  /// A request that was handed in.
  public static final class Pending<A> {
    private final CompletableFuture<A> future;

    private Pending(CompletableFuture<A> future) {
      this.future = future;
    }

    /// One that is done already.
    public static <A> Pending<A> done(A answer) {
      return new Pending<>(CompletableFuture.completedFuture(answer));
    }

    /// Waits until it is durable, as [GroupCommit#commit] does.
    public A await() throws IOException {
      boolean wasInterrupted = false;
      try {
        while (true) {
          try {
            return future.get();
          } catch (InterruptedException e) {
            wasInterrupted = true;
          }
        }
      } catch (ExecutionException e) {
        throw failure(Objects.requireNonNull(e.getCause()));
      } finally {
        if (wasInterrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }

    /// An exception of the thread that waits, with the one of the thread that worked as its cause.
    private static IOException failure(Throwable cause) {
      return switch (cause) {
        case WorkspaceException told ->
            new WorkspaceException(told.kind(), String.valueOf(told.getMessage()), told);
        case Error error -> throw error;
        case RuntimeException bug -> throw new IllegalStateException(bug);
        default -> new IOException(cause.getMessage(), cause);
      };
    }
  }
}
