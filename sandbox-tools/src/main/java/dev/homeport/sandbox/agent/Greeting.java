package dev.homeport.sandbox.agent;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// What an agent says when a harness connects.
///
/// @param generation which life of the agent this is
/// @param known the commands that it knows
record Greeting(int generation, List<KnownExec> known) {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final int NONCE = 16;
  private static final int VERSION = 1;

  /// Says hello and finds the answer, which may come after the end of what was sent to another.
  ///
  /// @param shared whether half a frame may be on its way to the agent: it is filled up
  static Greeting exchange(Link link, DataInputStream input, boolean shared)
      throws IOException, InterruptedException {
    byte[] nonce = new byte[NONCE];
    new SecureRandom().nextBytes(nonce);
    if (shared) {
      link.output().write(new byte[Frame.HEADER + Frame.LONGEST_PAYLOAD]);
    }
    link.output().write(new Frame(FrameType.HELLO, 0, 0, 0, nonce).bytes());
    link.output().flush();
    var answer = new FutureTask<>(() -> answer(input, nonce));
    Thread.ofVirtual().name("sandbox-greeting").start(answer);
    try {
      return answer.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IOException("the sandbox ended at its start", e);
    } catch (TimeoutException e) {
      link.close();
      throw new IOException("the sandbox gives no answer", e);
    }
  }

  /// Goes on byte by byte until there is a frame with the nonce, which nobody else can know.
  private static Greeting answer(DataInputStream input, byte[] nonce) throws IOException {
    while (true) {
      input.mark(Frame.HEADER + NONCE);
      byte[] start = new byte[Frame.HEADER + NONCE];
      input.readFully(start);
      input.reset();
      var head = ByteBuffer.wrap(start);
      if (head.getInt() == Frame.MAGIC
          && head.getInt() == FrameType.WELCOME.code()
          && Arrays.equals(start, Frame.HEADER, start.length, nonce, 0, NONCE)) {
        return parse(Frame.read(input));
      }
      input.skipNBytes(1);
    }
  }

  private static Greeting parse(Frame welcome) throws IOException {
    ByteBuffer payload = ByteBuffer.wrap(welcome.payload()).position(NONCE);
    int version = payload.getInt();
    if (version != VERSION) {
      throw new IOException("the agent speaks version " + version + ", not " + VERSION);
    }
    return new Greeting(welcome.generation(), KnownExec.readAll(payload));
  }
}
