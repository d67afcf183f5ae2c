package dev.homeport.sandbox.agent;

import dev.homeport.sandbox.SandboxException;
import dev.homeport.sandbox.SandboxException.Kind;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A connection with the keeper of a sandbox: the process that holds its mounts and starts its
/// agents. Thread-safe; requests are answered one after the other.
public final class KeeperChannel implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final Link link;
  private final DataInputStream input;
  private final LinkedBlockingQueue<FutureTask<Integer>> requests = new LinkedBlockingQueue<>();
  private volatile boolean open = true;

  private KeeperChannel(Link link) {
    this.link = link;
    this.input = new DataInputStream(new BufferedInputStream(link.input()));
  }

  /// Takes a keeper over.
  public static KeeperChannel open(Link link) {
    var channel = new KeeperChannel(link);
    Thread.ofVirtual().name("sandbox-keeper").start(channel::work);
    return channel;
  }

  /// A thread of its own, because an interrupt in the middle of a request would end the connection.
  private void work() {
    try {
      while (open) {
        requests.take().run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Lets the overlay forget what it cached of the workspace.
  public void refresh() throws IOException, InterruptedException {
    check("refresh the workspace", FrameType.REFRESH, new byte[0]);
  }

  /// Starts a program that gets a listening socket as descriptor 3.
  ///
  /// @param socket the name of the socket, which is made in the sandbox's directory
  /// @param groups control groups to join
  public void run(String socket, List<String> groups, List<String> program)
      throws IOException, InterruptedException {
    var strings = new ArrayList<String>();
    strings.add(socket);
    strings.addAll(groups);
    strings.add("");
    strings.addAll(program);
    check("start its agent", FrameType.RUN, AgentChannel.terminated(strings));
  }

  private void check(String what, FrameType type, byte[] payload)
      throws IOException, InterruptedException {
    var request = new FutureTask<>(() -> exchange(type, payload));
    requests.add(request);
    try {
      int error = request.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      if (error != 0) {
        throw new SandboxException(
            Kind.FAILED, "The sandbox could not " + what + " (error " + error + ").");
      }
    } catch (ExecutionException | TimeoutException e) {
      open = false;
      throw new SandboxException(Kind.LOST, "The sandbox is gone.", e);
    }
  }

  private int exchange(FrameType type, byte[] payload) throws IOException {
    link.output().write(new Frame(type, 0, 0, 0, payload).bytes());
    link.output().flush();
    return (int) Frame.read(input).sequence();
  }

  /// Whether nothing went wrong with it so far.
  public boolean isOpen() {
    return open;
  }

  /// Ends the keeper, and with it the agents and the mounts.
  public void end() throws IOException {
    var request =
        new FutureTask<>(() -> {
          link.output().write(Frame.of(FrameType.END, 0, 0, 0).bytes());
          // The end of its answers is the end of the keeper.
          return input.read();
        });
    requests.add(request);
    try {
      request.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      System.getLogger(KeeperChannel.class.getName())
          .log(System.Logger.Level.DEBUG, "a keeper was gone before its end", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    close();
  }

  @Override
  public void close() throws IOException {
    open = false;
    link.close();
    requests.add(new FutureTask<>(() -> 0));
  }
}
