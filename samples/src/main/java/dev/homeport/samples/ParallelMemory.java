package dev.homeport.samples;

import dev.homeport.memory.Change;
import dev.homeport.memory.MemoryCommand.Create;
import dev.homeport.memory.MemoryCommand.StrReplace;
import dev.homeport.memory.MemoryCommand.View;
import dev.homeport.memory.MemoryOutcome;
import dev.homeport.memory.MemoryStore;
import dev.homeport.workspace.Workspace;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Twenty agents edit one memory file at the same moment, and no edit is lost.
public final class ParallelMemory {
  private static final int AGENTS = 20;
  private static final String FILE = "/memories/watch.md";

  private ParallelMemory() {}

  /// Runs it on a directory, which must exist, and prints what the file then says.
  public static void run(Path directory, PrintStream out)
      throws IOException, InterruptedException, ExecutionException {
    MemoryStore memory = MemoryStore.of(Workspace.open(directory), null);
    String empty =
        IntStream.rangeClosed(1, AGENTS)
            .mapToObj("- berth %02d: free\n"::formatted)
            .collect(Collectors.joining());
    out.println(memory.run(new Create(FILE, empty), Change.UNCONDITIONAL).text());

    try (var agents = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<MemoryOutcome>> edits = new ArrayList<>();
      for (int i = 1; i <= AGENTS; i++) {
        String berth = "- berth %02d: ".formatted(i);
        var edit = new StrReplace(FILE, berth + "free", berth + "taken by agent " + i);
        edits.add(agents.submit(() -> memory.run(edit, Change.UNCONDITIONAL)));
      }
      for (Future<MemoryOutcome> edit : edits) {
        switch (edit.get()) {
          case MemoryOutcome.Done _ -> {}
          case MemoryOutcome.Stale stale -> out.println("told: " + stale.text());
          case MemoryOutcome.Refused refused -> out.println("refused: " + refused.text());
          case MemoryOutcome.Picture _ -> throw new IllegalStateException("an edit shows nothing");
        }
      }
    }
    out.println(memory.run(new View(FILE, null), Change.UNCONDITIONAL).text());
  }

  /// Runs it on the directory that the first argument names.
  public static void main(String[] args)
      throws IOException, InterruptedException, ExecutionException {
    run(Path.of(args[0]), System.out);
  }
}
