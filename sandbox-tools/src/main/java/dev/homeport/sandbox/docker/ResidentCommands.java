package dev.homeport.sandbox.docker;

import dev.homeport.sandbox.Attached;
import dev.homeport.sandbox.Command;
import dev.homeport.sandbox.Exec;
import dev.homeport.sandbox.SandboxSpec;
import dev.homeport.sandbox.agent.AgentChannel;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Starts commands by the agent that is the first process of a container.
///
/// The agent ends, and the container with it, when it has heard of no server for the time of its
/// lease.
final class ResidentCommands implements ContainerCommands {
  /// Where the container sees the agent's program.
  static final String AGENT = "/run/agent";

  private static final String AGENT_NAME = "agent";
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Duration PING_EVERY = Duration.ofSeconds(8);

  private final AgentChannel agent;
  private final OomKills oomKills = new OomKills();

  private ResidentCommands(AgentChannel agent) {
    this.agent = agent;
  }

  /// What a container runs as its first process.
  static List<String> entrypoint(SandboxSpec spec) {
    var argv = new ArrayList<>(List.of(AGENT, "agent", "--in", "0", "--out", "1"));
    argv.addAll(List.of("--directory", SandboxSpec.WORKSPACE));
    argv.addAll(List.of("--lease-ms", Long.toString(LEASE.toMillis())));
    spec.forwards().forEach(forward -> argv.addAll(List.of("--forward", forward.option())));
    return argv;
  }

  /// Greets the agent of a container that was just started, over a connection made before that.
  static ResidentCommands open(AttachedLink link) throws IOException, InterruptedException {
    return new ResidentCommands(AgentChannel.open(AGENT_NAME, link, false).pinging(PING_EVERY));
  }

  /// Greets the agent of a container whose server was killed.
  static ResidentCommands adopt(AttachedLink link, Set<String> handles)
      throws IOException, InterruptedException {
    AgentChannel agent = AgentChannel.open(AGENT_NAME, link, true).pinging(PING_EVERY);
    agent.endOthers(handles);
    return new ResidentCommands(agent);
  }

  @Override
  public Optional<Attached> attach(String handle, long from) throws IOException {
    return agent.attach(handle, from, status -> oomKills.judge(status, this));
  }

  @Override
  public Exec start(Command command) throws IOException, InterruptedException {
    return agent.start(command, status -> oomKills.judge(status, this));
  }

  @Override
  public boolean isAlive() {
    return agent.isOpen();
  }

  @Override
  public void close() throws IOException {
    agent.close();
  }
}
