package dev.homeport.sandbox.agent;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A keeper that runs outside of any sandbox, with an agent.
final class KeeperProcess implements AutoCloseable {
  private final Process process;
  private final Path directory;
  private final KeeperChannel channel;

  private KeeperProcess(Process process, Path directory, KeeperChannel channel) {
    this.process = process;
    this.directory = directory;
    this.channel = channel;
  }

  static KeeperProcess start(Path directory, int leaseMillis)
      throws IOException, InterruptedException {
    String program = AgentProcess.program(directory).toString();
    Process process =
        new ProcessBuilder(
                program,
                "keeper",
                Integer.toString(leaseMillis),
                directory.toString(),
                "",
                "0",
                "copy")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    if (!"ready".equals(process.inputReader().readLine())) {
      throw new IllegalStateException("the keeper did not start");
    }
    KeeperChannel channel = KeeperChannel.open(UnixLink.connect(directory.resolve("keeper")));
    channel.run(
        "agent-1",
        List.of(),
        List.of(program, "agent", "--listen", "3", "--directory", directory.toString()));
    return new KeeperProcess(process, directory, channel);
  }

  Process process() {
    return process;
  }

  KeeperChannel channel() {
    return channel;
  }

  /// The agent's process.
  ProcessHandle agent() {
    return process.children().findFirst().orElseThrow();
  }

  /// A new connection with the agent, which takes it over.
  AgentChannel connect() throws IOException, InterruptedException {
    return AgentChannel.open("agent", UnixLink.connect(directory.resolve("agent-1")), false);
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().orTimeout(10, TimeUnit.SECONDS).join();
  }
}
