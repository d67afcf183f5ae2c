package dev.homeport.sandbox.agent;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Gives a command its input, not faster than it reads.
final class InputFeed {
  private static final int CHUNK = 32 << 10;
  private static final int MOST_UNTAKEN = 256 << 10;

  /// Takes the input on to the agent.
  interface Target {
    void input(long position, byte[] bytes) throws IOException;

    void inputEnd() throws IOException;
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition taken = lock.newCondition();
  private long takenBytes;
  private boolean ended;

  /// Sends everything, on a thread of its own; a command need not read it.
  void start(InputStream stdin, Target target) {
    Thread.ofVirtual()
        .name("sandbox-stdin")
        .start(() -> {
          try (stdin) {
            send(stdin, target);
          } catch (IOException e) {
            System.getLogger(InputFeed.class.getName())
                .log(System.Logger.Level.DEBUG, "a command did not read its input", e);
          }
        });
  }

  private void send(InputStream stdin, Target target) throws IOException {
    byte[] buffer = new byte[CHUNK];
    long position = 0;
    int count = stdin.read(buffer);
    while (count >= 0 && mayExceed(position + count)) {
      target.input(position, Arrays.copyOf(buffer, count));
      position += count;
      count = stdin.read(buffer);
    }
    target.inputEnd();
  }

  /// Waits for the command to read; false if it ended.
  private boolean mayExceed(long position) {
    lock.lock();
    try {
      while (!ended && position - takenBytes > MOST_UNTAKEN) {
        taken.awaitUninterruptibly();
      }
      return !ended;
    } finally {
      lock.unlock();
    }
  }

  /// Notes how much the command was given.
  void taken(long bytes) {
    lock.lock();
    try {
      takenBytes = bytes;
      taken.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Nobody will read any more.
  void end() {
    lock.lock();
    try {
      ended = true;
      taken.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
