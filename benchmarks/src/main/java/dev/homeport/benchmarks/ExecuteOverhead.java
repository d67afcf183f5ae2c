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
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What `execute` through MCP over stdio adds to the call of the library, in turn.
final class ExecuteOverhead {
  private static final int WARM_UP = 500;
  private static final String ELAPSED = "\"dev.homeport/elapsed_ms\":";
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
      var around = new Sample.Times();
      for (int i = -WARM_UP; i < rounds; i++) {
        long start = System.nanoTime();
        sandboxes.execute(request, _ -> {});
        long between = System.nanoTime();
        String answer = server.ask(CALL);
        long asked = System.nanoTime() - between;
        if (i >= 0) {
          library.add(between - start);
          mcp.add(asked);
          around.add(asked - elapsedNanos(answer));
        }
      }
      print(library, mcp, around);
    }
  }

  /// What the server says the library took.
  private static long elapsedNanos(String answer) {
    int from = answer.indexOf(ELAPSED) + ELAPSED.length();
    int to = from;
    while (answer.charAt(to) != ',' && answer.charAt(to) != '}') {
      to++;
    }
    return Math.round(Double.parseDouble(answer.substring(from, to)) * 1e6);
  }

  private static void print(Sample.Times library, Sample.Times mcp, Sample.Times around) {
    System.out.printf(
        Locale.ROOT,
        "%n`execute` to its end, bubblewrap: library %.2f ms, over MCP %.2f ms, of which %.2f ms"
            + " around the library's call in the server%n",
        SandboxCalls.median(library),
        SandboxCalls.median(mcp),
        SandboxCalls.median(around));
  }
}
