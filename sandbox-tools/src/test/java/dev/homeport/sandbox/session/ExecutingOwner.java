package dev.homeport.sandbox.session;

import dev.homeport.sandbox.ExecRequest;
import dev.homeport.sandbox.SandboxTemplate;
import dev.homeport.workspace.Workspace;
import java.nio.file.Path;
import java.util.List;

/// A server that adopts what another one left, or else waits for a command that prints much; it is
/// to be killed meanwhile.
final class ExecutingOwner {
  private static final String COUNT =
      "i=0; while [ $i -lt 300000 ]; do echo $i; i=$((i + 1)); done";

  private ExecutingOwner() {}

  /// Takes the backend, the workspace, the state root, and after how many bytes to say so.
  public static void main(String[] arguments) throws Exception {
    Sandboxes sandboxes =
        Sandboxes.open(
            Workspace.open(Path.of(arguments[1])),
            Path.of(arguments[2]),
            List.of(Owner.backend(arguments[0])),
            SandboxTemplate.DEFAULT);
    long wanted = Long.parseLong(arguments[3]);
    sandboxes.adopt();
    if (sandboxes.list("s").isEmpty()) {
      sandboxes.execute(ExecRequest.of("s", "bash", "echo kept | tee file > /tmp/file"), _ -> {});
      sandboxes.start(ExecRequest.of("s", "bash", "echo early; exit 5"));
      long[] printed = {0};
      sandboxes.execute(
          ExecRequest.of("s", "bash", COUNT),
          text -> {
            printed[0] += text.length();
            if (printed[0] >= wanted && printed[0] - text.length() < wanted) {
              System.out.println("printed");
            }
          });
    } else {
      while (printed(sandboxes) < wanted) {
        Thread.sleep(1);
      }
      System.out.println("printed");
    }
    Thread.currentThread().join();
  }

  private static long printed(Sandboxes sandboxes) throws InterruptedException {
    return sandboxes.list("s").getFirst().processes().getLast().printedBytes();
  }
}
