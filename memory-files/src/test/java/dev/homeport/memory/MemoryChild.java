package dev.homeport.memory;

import dev.homeport.workspace.Workspace;
import java.nio.file.Path;

/// A second process that edits: `ROOT FIRST LAST` replaces `slot N.` by `done N.` for each N, and
/// prints how many replacements succeeded; with `ROOT same TEXT COUNT` it tries to replace the same
/// anchor.
final class MemoryChild {
  private MemoryChild() {}

  static void main(String[] arguments) throws Exception {
    var store = MemoryStore.of(Workspace.open(Path.of(arguments[0])), null);
    int successes = 0;
    for (int i = Integer.parseInt(arguments[1]); i <= Integer.parseInt(arguments[2]); i++) {
      var command = MemoryFixture.replace("/memories/a", "slot " + i + ".", "done " + i + ".");
      if (store.run(command, Change.UNCONDITIONAL) instanceof MemoryOutcome.Done) {
        successes++;
      }
    }
    System.out.println(successes);
  }
}
