package dev.homeport.server.cli;

import dev.homeport.server.demo.Demo;
import dev.homeport.server.demo.DemoOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// Shows an agent's working day.
@Command(
    name = "demo",
    description = {
      "Do an agent's working day for real, on a copy of a sample project, and show each step.",
      "Exits 3 if the steps in a sandbox had to be skipped."
    })
final class DemoCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  DemoCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    return Demo.run(DemoOptions.printingTo(surroundings.out()));
  }
}
