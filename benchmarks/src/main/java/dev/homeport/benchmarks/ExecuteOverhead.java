package dev.homeport.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.homeport.sandbox.ExecRequest;
import dev.homeport.sandbox.SandboxTemplate;
import dev.homeport.sandbox.bubblewrap.BubblewrapBackend;
import dev.homeport.sandbox.session.Sandboxes;
import dev.homeport.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What `execute` through MCP over stdio adds to the call of the library, in turn.
final class ExecuteOverhead {
  private static final int WARM_UP = 500;
  private static final byte[] CALL =
      """
      ,"method":"tools/call","params":{"name":"execute","arguments":{"name":"bash",\
      "input":"echo hi"}}}
      """
          .getBytes(UTF_8);

  private ExecuteOverhead() {}

  static void measure(Path directory, int rounds) throws IOException, InterruptedException {
    Path root = Files.createDirectories(directory.resolve("called"));
    var environment = Map.of("XDG_STATE_HOME", directory.resolve("state").toString());
    var command = List.of("./homeport", "stdio", "--workspace", root.toString());
    try (StdioDriver server = StdioDriver.start(command, environment, directory.resolve("errors"));
        Sandboxes sandboxes =
            Sandboxes.open(
                Workspace.open(root),
                directory.resolve("state/library"),
                List.of(BubblewrapBackend.overlaying()),
                SandboxTemplate.DEFAULT)) {
      ExecRequest request = ExecRequest.of("s", "bash", "echo hi");
      var library = new Sample.Times();
      var mcp = new Sample.Times();
      for (int i = -WARM_UP; i < rounds; i++) {
        long start = System.nanoTime();
        sandboxes.execute(request, _ -> {});
        long between = System.nanoTime();
        server.ask(CALL);
        if (i >= 0) {
          library.add(between - start);
          mcp.add(System.nanoTime() - between);
        }
      }
      print(library.sample(1, Duration.ZERO), mcp.sample(1, Duration.ZERO));
    }
  }

  private static void print(Sample library, Sample mcp) {
    System.out.printf(
        Locale.ROOT,
        "%n`execute` to its end, bubblewrap: library %.2f ms, over MCP %.2f ms, added %.2f ms%n",
        library.medianMillis(),
        mcp.medianMillis(),
        mcp.medianMillis() - library.medianMillis());
  }
}
