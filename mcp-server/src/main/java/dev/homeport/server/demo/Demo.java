package dev.homeport.server.demo;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Runs an agent's working day against a real server, every step checked.
public final class Demo {
  private static final String MAIN = "dev.homeport.server.Main";

  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final int INCOMPLETE = 3;

  /// The SDK's client warns when its server dies, which is a part of the story.
  private static final String QUIET =
      "org.slf4j.simpleLogger.log.io.modelcontextprotocol.client.transport.StdioClientTransport";

  private Demo() {}

  /// Copies the sample project, starts a server on the copy, does the day's work and leaves the
  /// copy for inspection.
  ///
  /// @return 0 if all went as expected; 1 if an expectation broke, which is printed; 3 if the steps
  ///   that need a sandbox were skipped because there is none, and all others went well
  public static int run(DemoOptions options) throws InterruptedException {
    var screen = new Screen(options.out(), options.colour());
    System.setProperty(QUIET, "error");
    if (!Files.isDirectory(options.sample())) {
      screen.failure("there is no sample project at " + options.sample(), "");
      return FAILED;
    }
    Path workspace;
    try {
      workspace = SampleCopy.make(options.sample(), options.directory());
    } catch (IOException e) {
      screen.failure("the sample project cannot be copied: " + e, "");
      return FAILED;
    }
    screen.line("A day with Homeport, on a copy of the sample project: " + workspace);
    long start = System.nanoTime();
    List<String> command = command(options, workspace);
    Map<String, String> environment = environment(options, workspace);
    try (var stage = new Stage(screen, () -> DemoServer.start(command, environment))) {
      new WorkingDay(stage).live();
      return summary(screen, stage, workspace, Duration.ofNanos(System.nanoTime() - start));
    } catch (DemoFailure e) {
      screen.failure(String.valueOf(e.getMessage()), "");
      screen.line("The workspace is left for inspection: " + workspace);
      return FAILED;
    }
  }

  private static int summary(Screen screen, Stage stage, Path workspace, Duration took) {
    screen.chapter("Done");
    String steps = stage.steps() + " steps in " + took.toMillis() / 1000 + " s";
    screen.line("Look at what the agent left behind, all of it plain files:");
    screen.line("  cd " + workspace);
    screen.line("  cat task_plan.md notes.md .homeport/memory/MEMORY.md orders/currency.py");
    if (stage.noSandbox().isEmpty()) {
      screen.success(steps + ", each one done for real and checked.");
      return DONE;
    }
    screen.line("");
    screen.line(steps + ", but without a sandbox these were skipped:");
    stage.skipped().forEach(step -> screen.line("  - " + step));
    screen.line(stage.noSandbox().get());
    return INCOMPLETE;
  }

  private static List<String> command(DemoOptions options, Path workspace) {
    var command = new ArrayList<String>();
    if (options.serverCommand().isEmpty()) {
      command.add(ProcessHandle.current().info().command().orElse("java"));
      command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
      command.add("-Duser.home=" + home(workspace));
      command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN, "stdio"));
    } else {
      command.addAll(options.serverCommand());
    }
    command.addAll(List.of("--workspace", workspace.toString()));
    return command;
  }

  /// The server sees none of the user's own memories, skills and state: they would change the
  /// story, and the story would change them.
  private static Map<String, String> environment(DemoOptions options, Path workspace) {
    Path home = home(workspace);
    var environment = new HashMap<String, String>();
    environment.put("HOME", home.toString());
    environment.put("XDG_CONFIG_HOME", home + "/.config");
    environment.put("XDG_STATE_HOME", home + "/.local/state");
    environment.put("XDG_CACHE_HOME", home + "/.cache");
    environment.putAll(options.environment());
    return environment;
  }

  private static Path home(Path workspace) {
    return workspace.resolveSibling("home");
  }
}
