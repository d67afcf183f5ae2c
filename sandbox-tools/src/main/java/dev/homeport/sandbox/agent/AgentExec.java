package dev.homeport.sandbox.agent;

import dev.homeport.sandbox.Exec;
import dev.homeport.sandbox.ExecEnd;
import dev.homeport.sandbox.ExecUsage;
import dev.homeport.sandbox.SandboxException;
import dev.homeport.sandbox.SandboxException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A command that an agent runs.
public final class AgentExec implements Exec {
  private static final Duration START_LIMIT = Duration.ofSeconds(20);
  private static final int SIGKILL = 9;
  private static final int NO_ROOM = 11;

  private final AgentChannel channel;
  private final int id;
  private final Verdict verdict;
  private final Received received;
  private final InputFeed feed = new InputFeed();
  private final CompletableFuture<Integer> started = new CompletableFuture<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private final ReentrantLock lock = new ReentrantLock();
  private int status;
  private volatile @Nullable ExecUsage usage;
  private @Nullable ExecEnd end;

  AgentExec(AgentChannel channel, int id, long from, Verdict verdict) {
    this.channel = channel;
    this.id = id;
    this.verdict = verdict;
    this.received =
        new Received(from, position -> send(FrameType.ACK, position), () -> channel.forget(this));
  }

  /// Its number in the agent, by which another harness can ask for it.
  public int id() {
    return id;
  }

  @Override
  public Optional<String> handle() {
    return Optional.of(channel.handle(id));
  }

  /// @throws SandboxException if the agent could not start it
  void awaitStart() throws SandboxException, InterruptedException {
    try {
      int error = started.get(START_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      if (error != 0) {
        throw new SandboxException(
            Kind.FAILED,
            error == NO_ROOM
                ? "The sandbox has no room for another process. Kill some, or stop the sandbox."
                : "The sandbox cannot start a command (error " + error + ").");
      }
    } catch (ExecutionException | TimeoutException e) {
      throw new SandboxException(Kind.FAILED, "The sandbox did not answer in time.", e);
    }
  }

  void feed(InputStream stdin) {
    feed.start(
        stdin,
        new InputFeed.Target() {
          @Override
          public void input(long position, byte[] bytes) throws IOException {
            channel.send(FrameType.INPUT, id, position, bytes);
          }

          @Override
          public void inputEnd() throws IOException {
            channel.send(FrameType.INPUT_END, id, 0, new byte[0]);
          }
        });
  }

  /// Takes what the agent says about this command.
  void accept(Frame frame) {
    switch (frame.type()) {
      case STARTED -> started.complete(0);
      case REFUSED -> {
        started.complete((int) frame.sequence());
        finish(new ExecEnd.Lost("it was not started"));
      }
      case OUTPUT -> received.add(frame.payload());
      case INPUT_TAKEN -> feed.taken(frame.sequence());
      case EXIT -> {
        ByteBuffer report = ByteBuffer.wrap(frame.payload());
        status = shellStatus(report.getInt());
        long micros = report.getLong() + report.getLong();
        usage = new ExecUsage(Duration.of(micros, ChronoUnit.MICROS), report.getLong() << 10);
        finish(null);
      }
      default -> throw new IllegalStateException("the agent said " + frame.type());
    }
  }

  /// As a shell gives it, of what `wait` gave.
  private static int shellStatus(int waited) {
    int signal = waited & 0x7F;
    return signal == 0 ? waited >> 8 & 0xFF : 128 + signal;
  }

  /// The agent went away before the command ended.
  void lose(String reason) {
    started.complete(0);
    finish(new ExecEnd.Lost(reason));
  }

  private void finish(@Nullable ExecEnd known) {
    lock.lock();
    try {
      if (over.getCount() == 0) {
        return;
      }
      end = known;
    } finally {
      lock.unlock();
    }
    over.countDown();
    feed.end();
    received.complete();
  }

  boolean hasEnded() {
    return over.getCount() == 0;
  }

  private void send(FrameType type, long sequence) {
    try {
      channel.send(type, id, sequence, new byte[0]);
    } catch (IOException e) {
      System.getLogger(AgentExec.class.getName())
          .log(System.Logger.Level.DEBUG, "an agent is gone", e);
    }
  }

  @Override
  public InputStream output() {
    return received;
  }

  @Override
  public Optional<ExecEnd> await(Duration limit) throws InterruptedException {
    if (!over.await(limit.toNanos(), TimeUnit.NANOSECONDS)) {
      return Optional.empty();
    }
    lock.lockInterruptibly();
    try {
      ExecEnd known = end;
      if (known == null) {
        known = judge();
        end = known;
      }
      return Optional.of(known);
    } finally {
      lock.unlock();
    }
  }

  private ExecEnd judge() throws InterruptedException {
    try {
      return verdict.of(status);
    } catch (IOException e) {
      return new ExecEnd.Lost(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public Optional<ExecUsage> usage() {
    return Optional.ofNullable(usage);
  }

  @Override
  public void kill() {
    if (!hasEnded()) {
      send(FrameType.SIGNAL, SIGKILL);
    }
  }
}
