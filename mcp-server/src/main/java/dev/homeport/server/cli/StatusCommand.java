package dev.homeport.server.cli;

import dev.homeport.server.RunningServers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// Shows the servers that run.
@Command(
    name = "status",
    description = "List your servers that run now: process, beginning, workspace or URL.")
final class StatusCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  StatusCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    List<RunningServers.Server> all = RunningServers.of(surroundings.user()).all();
    if (all.isEmpty()) {
      surroundings.say("no server runs");
      return ExitCodes.DONE;
    }
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("PID", "SINCE", "SERVES"));
    for (RunningServers.Server server : all) {
      rows.add(List.of(Long.toString(server.pid()), server.since().toString(), server.serves()));
    }
    TextTable.print(rows, surroundings.out());
    return ExitCodes.DONE;
  }
}
