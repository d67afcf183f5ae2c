package dev.homeport.sandbox.agent;

import dev.homeport.sandbox.Attached;
import dev.homeport.sandbox.Command;
import dev.homeport.sandbox.SandboxException;
import dev.homeport.sandbox.SandboxException.Kind;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A harness's connection with the agent of one sandbox. Thread-safe.
///
/// The agent answers one connection, the latest. Closing this one leaves its commands running.
public final class AgentChannel implements AutoCloseable {
  private final String name;
  private final Link link;
  private final DataInputStream input;
  private final Sender sender;
  private final CountDownLatch gone = new CountDownLatch(1);
  private final ConcurrentMap<Integer, AgentExec> execs = new ConcurrentHashMap<>();
  private final AtomicInteger ids = new AtomicInteger();
  private final Greeting greeting;
  private volatile boolean open = true;

  private AgentChannel(String name, Link link, DataInputStream input, Greeting greeting) {
    this.name = name;
    this.link = link;
    this.input = input;
    this.greeting = greeting;
    this.sender = Sender.start(link.output(), this::lost);
    greeting.known().stream().mapToInt(KnownExec::id).max().ifPresent(ids::set);
  }

  /// Greets an agent over a new connection and takes it over.
  ///
  /// @param name tells the agent from others of its sandbox; no `/`
  /// @param shared whether the connection leads into a stream that another harness may have used
  /// @throws IOException if nothing that is an agent answers within 20 seconds
  public static AgentChannel open(String name, Link link, boolean shared)
      throws IOException, InterruptedException {
    var input = new DataInputStream(new BufferedInputStream(link.input(), 64 << 10));
    var channel = new AgentChannel(name, link, input, Greeting.exchange(link, input, shared));
    Thread.ofVirtual().name("sandbox-agent").start(channel::listen);
    return channel;
  }

  /// Proves to the agent from time to time that this harness lives, as long as it does.
  public AgentChannel pinging(Duration every) {
    Thread.ofVirtual()
        .name("sandbox-ping")
        .start(() -> {
          try {
            while (!gone.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
              sender.send(Frame.of(FrameType.PING, 0, 0, generation()));
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    return this;
  }

  private void listen() {
    try {
      while (open) {
        Frame frame = Frame.read(input);
        AgentExec exec = execs.get(frame.exec());
        if (exec != null) {
          exec.accept(frame);
        }
      }
    } catch (IOException e) {
      System.getLogger(AgentChannel.class.getName())
          .log(System.Logger.Level.DEBUG, "the connection with an agent ended", e);
    } finally {
      lost();
    }
  }

  private void lost() {
    open = false;
    sender.stop();
    gone.countDown();
    execs.values().forEach(exec -> exec.lose("the sandbox ended before the command did"));
  }

  /// By what a command can be asked for over another connection.
  String handle(int exec) {
    return name + "/" + exec;
  }

  /// Which life of the agent this is; another number means another sandbox.
  public int generation() {
    return greeting.generation();
  }

  /// The commands that the agent knew before this connection.
  public List<KnownExec> known() {
    return greeting.known();
  }

  /// Whether the agent is there.
  public boolean isOpen() {
    return open;
  }

  /// Whether a command runs that was started or attached here.
  public boolean isBusy() {
    return execs.values().stream().anyMatch(exec -> !exec.hasEnded());
  }

  /// Starts a command.
  ///
  /// @throws SandboxException if the agent is gone or has no room for it
  public AgentExec start(Command command, Verdict verdict)
      throws IOException, InterruptedException {
    byte[] arguments = terminated(command.argv());
    if (arguments.length > Frame.LONGEST_PAYLOAD) {
      throw new SandboxException(Kind.TOO_LARGE, "The arguments of the command are too long.");
    }
    var exec = new AgentExec(this, ids.incrementAndGet(), 0, verdict);
    execs.put(exec.id(), exec);
    try {
      send(FrameType.START, exec.id(), isSnippet(command.argv()) ? 1 : 0, arguments);
      exec.awaitStart();
    } catch (InterruptedException e) {
      exec.kill();
      exec.output().close();
      throw e;
    } catch (IOException e) {
      execs.remove(exec.id());
      throw e;
    }
    exec.feed(command.stdin());
    return exec;
  }

  /// Whether it is Python that the agent can fork from an interpreter which is ready.
  private static boolean isSnippet(List<String> argv) {
    return argv.size() == 3 && argv.getFirst().equals("python3") && argv.get(1).equals("-c");
  }

  static byte[] terminated(List<String> strings) {
    var bytes = new ByteArrayOutputStream();
    for (String string : strings) {
      bytes.writeBytes(string.getBytes(StandardCharsets.UTF_8));
      bytes.write(0);
    }
    return bytes.toByteArray();
  }

  /// Takes over a command of an earlier connection, whose input ends here.
  ///
  /// @param from the position in its output to go on at; what was acknowledged before is gone
  public AgentExec attach(KnownExec known, long from, Verdict verdict) throws IOException {
    long position = Math.max(from, known.acked());
    var exec = new AgentExec(this, known.id(), position, verdict);
    execs.put(exec.id(), exec);
    send(FrameType.ATTACH, exec.id(), position, new byte[0]);
    send(FrameType.INPUT_END, exec.id(), 0, new byte[0]);
    return exec;
  }

  /// Takes over the command of a handle, if it is one that this agent knew.
  public Optional<Attached> attach(String handle, long from, Verdict verdict) throws IOException {
    for (KnownExec known : known()) {
      if (handle(known.id()).equals(handle)) {
        AgentExec exec = attach(known, from, verdict);
        return Optional.of(new Attached(exec, Math.max(from, known.acked())));
      }
    }
    return Optional.empty();
  }

  /// Ends the commands of an earlier connection that nobody will ask for.
  public void endOthers(Set<String> handles) throws IOException {
    for (KnownExec known : known()) {
      if (!handles.contains(handle(known.id()))) {
        AgentExec unwanted = attach(known, known.total(), Verdict.PLAIN);
        unwanted.kill();
        unwanted.output().close();
      }
    }
  }

  void forget(AgentExec exec) {
    execs.remove(exec.id());
    sender.send(Frame.of(FrameType.FORGET, exec.id(), 0, generation()));
  }

  void send(FrameType type, int exec, long sequence, byte[] payload) throws SandboxException {
    if (!open) {
      throw new SandboxException(Kind.LOST, "The sandbox is gone.");
    }
    sender.send(new Frame(type, exec, sequence, generation(), payload));
  }

  /// Kills what runs, waits for that, and ends the agent with everything in its sandbox.
  ///
  /// @param limit how long to wait
  public void end(Duration limit) throws IOException {
    try {
      execs.values().forEach(AgentExec::kill);
      for (AgentExec exec : execs.values()) {
        exec.await(limit);
      }
      sender.send(Frame.of(FrameType.END, 0, 0, generation()));
      if (!gone.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        System.getLogger(AgentChannel.class.getName())
            .log(System.Logger.Level.WARNING, "an agent did not end when told to");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    close();
  }

  @Override
  public void close() throws IOException {
    open = false;
    sender.stop();
    link.close();
  }
}
