package dev.homeport.sandbox.egress.proxy;

import dev.homeport.sandbox.egress.http.HttpSide;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLException;

/// The connections to servers that one sandbox has, some of them kept for its next request.
/// Thread-safe.
final class Upstreams implements AutoCloseable {
  private static final int MOST_KEPT = 16;
  private static final int PEEK_MS = 1;

  private final Dialer dialer;
  private final ReentrantLock lock = new ReentrantLock();
  private final Set<Socket> open = new HashSet<>();
  private final Deque<Kept> kept = new ArrayDeque<>();
  private boolean closed;

  private record Kept(Target target, HttpSide server) {}

  Upstreams(Dialer dialer) {
    this.dialer = dialer;
  }

  /// One that is ready for a request.
  HttpSide open(Target target) throws IOException {
    for (Optional<HttpSide> found = take(target); found.isPresent(); found = take(target)) {
      if (isSilent(found.get().socket())) {
        return found.get();
      }
      drop(found.get().socket());
    }
    return new HttpSide(noted(dialer.open(target)));
  }

  /// One without TLS of this side.
  Socket connect(Target target) throws IOException {
    return noted(dialer.connect(target));
  }

  private Socket noted(Socket socket) throws IOException {
    lock.lock();
    try {
      if (closed) {
        socket.close();
        throw new IOException("the sandbox has ended");
      }
      open.add(socket);
      return socket;
    } finally {
      lock.unlock();
    }
  }

  private Optional<HttpSide> take(Target target) {
    lock.lock();
    try {
      for (Iterator<Kept> all = kept.iterator(); all.hasNext(); ) {
        Kept next = all.next();
        if (next.target().equals(target)) {
          all.remove();
          return Optional.of(next.server());
        }
      }
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /// Before something is asked for nothing may come, neither bytes nor the end.
  private static boolean isSilent(Socket socket) throws IOException {
    try {
      socket.setSoTimeout(PEEK_MS);
      int _ = socket.getInputStream().read();
      return false;
    } catch (SocketTimeoutException e) {
      socket.setSoTimeout(Dialer.SILENCE_MS);
      return true;
    } catch (SocketException | SSLException e) {
      return false;
    }
  }

  /// Keeps one whose last answer was read to its end.
  void keep(Target target, HttpSide server) throws IOException {
    Socket old = null;
    lock.lock();
    try {
      kept.add(new Kept(target, server));
      if (closed || kept.size() > MOST_KEPT) {
        old = kept.removeFirst().server().socket();
      }
    } finally {
      lock.unlock();
    }
    if (old != null) {
      drop(old);
    }
  }

  /// Closes one.
  void drop(Socket socket) throws IOException {
    lock.lock();
    try {
      open.remove(socket);
    } finally {
      lock.unlock();
    }
    socket.close();
  }

  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      closed = true;
      for (Socket socket : open) {
        socket.close();
      }
      open.clear();
      kept.clear();
    } finally {
      lock.unlock();
    }
  }
}
