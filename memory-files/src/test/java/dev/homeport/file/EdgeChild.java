package dev.homeport.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.homeport.memory.Change;
import dev.homeport.memory.MemoryCommand;
import dev.homeport.memory.MemoryOutcome;
import dev.homeport.memory.MemoryStore;
import dev.homeport.plan.Notes;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspaceException;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;

/// What tests let a small or poor process do: `ROOT` and any number of `OPERATION PATH`. Prints the
/// answer to each on a line.
final class EdgeChild {
  private static final int SHOWN = 160;

  private final Path root;
  private final Workspace workspace;
  private final WorkspaceFiles files;
  private final MemoryStore memory;

  private EdgeChild(Path root) throws IOException {
    this.root = root;
    workspace = Workspace.open(root);
    files = WorkspaceFiles.of(workspace);
    memory = MemoryStore.of(workspace, null);
  }

  static void main(String[] arguments) throws Exception {
    var out = new PrintStream(System.out, true, UTF_8);
    var child = new EdgeChild(Path.of(arguments[0]));
    for (int i = 1; i < arguments.length; i += 2) {
      String answer = child.answer(arguments[i], arguments[i + 1]).replace("\n", "|");
      out.println(answer.length() > SHOWN ? answer.substring(0, SHOWN) : answer);
    }
  }

  private String answer(String operation, String path) throws Exception {
    try {
      return switch (operation) {
        case "leftovers" -> leftovers();
        case "note" -> note();
        default ->
            path.startsWith("/memories")
                ? memory(operation, path)
                : file(operation, workspace.path(path));
      };
    } catch (WorkspaceException e) {
      return e.kind() + " " + e.getMessage();
    }
  }

  private String note() throws IOException, InterruptedException {
    var notes = Notes.in(workspace, InstantSource.system());
    return "noted in " + notes.add(workspace.path("task_plan.md"), "x".repeat(100_000), "").path();
  }

  private String file(String operation, WorkspacePath path)
      throws IOException, InterruptedException {
    return switch (operation) {
      case "read" -> read(files.read(path, Slice.ALL));
      case "head" -> read(files.read(path, new Slice.Head(1)));
      case "tail" -> read(files.read(path, new Slice.Tail(1)));
      case "fifth" -> read(files.read(path, new Slice.LineRange(5, 5)));
      case "end" -> read(files.read(path, new Slice.ByteRange((2L << 30) - 5, 10)));
      case "write" -> changed(files.write(path, "new\n", Precondition.NONE));
      case "write-much" -> changed(files.write(path, "x".repeat(2_000_000), Precondition.NONE));
      case "edit" -> changed(edit(path, "pin"));
      case "edit-much" -> changed(edit(path, "p".repeat(2_000_000)));
      case "move" -> changed(files.move(path, workspace.path("moved"), Precondition.NONE));
      default -> throw new IllegalArgumentException(operation);
    };
  }

  private FileOutcome edit(WorkspacePath path, String text)
      throws IOException, InterruptedException {
    return files.edit(path, List.of(Replacement.once("needle", text)), Precondition.NONE, false);
  }

  private static String read(ReadOutcome outcome) {
    return switch (outcome) {
      case ReadOutcome.Text text ->
          "text %d-%d of %d %s %s"
              .formatted(
                  text.from(),
                  text.to(),
                  text.whole().bytes(),
                  text.isExact() ? "exact" : "inexact",
                  text.text());
      case ReadOutcome.Binary binary -> "binary of " + binary.bytes();
      case ReadOutcome.Picture picture -> "picture " + picture.mediaType();
    };
  }

  private static String changed(FileOutcome outcome) {
    return switch (outcome) {
      case FileOutcome.Done done -> done.status() + " " + done.diff();
      case FileOutcome.Stale _ -> "stale";
      case FileOutcome.Overlapping _ -> "overlapping";
      case FileOutcome.Occupied _ -> "occupied";
      case FileOutcome.Unmatched unmatched -> "unmatched " + unmatched.lines();
    };
  }

  private String memory(String operation, String path) throws IOException, InterruptedException {
    MemoryCommand command =
        switch (operation) {
          case "view" -> new MemoryCommand.View(path, null);
          case "view-last" -> new MemoryCommand.View(path, new MemoryCommand.Range(999_999, -1));
          case "create" -> new MemoryCommand.Create(path, "new\n");
          case "create-much" -> new MemoryCommand.Create(path, "x".repeat(2_000_000));
          case "replace" -> new MemoryCommand.StrReplace(path, "needle", "pin");
          case "insert" -> new MemoryCommand.Insert(path, 0, "first");
          case "rename" -> new MemoryCommand.Rename(path, path + "-renamed");
          case "delete" -> new MemoryCommand.Delete(path);
          default -> throw new IllegalArgumentException(operation);
        };
    MemoryOutcome outcome = memory.run(command, Change.UNCONDITIONAL);
    return (outcome instanceof MemoryOutcome.Done ? "done " : "refused ") + outcome.text();
  }

  private String leftovers() throws IOException {
    try (var all = Files.walk(root)) {
      return "leftovers "
          + all.map(path -> path.getFileName().toString())
              .filter(
                  name -> name.startsWith(".homeport-tmp-") || name.equals(".homeport-remember"))
              .collect(Collectors.joining(","));
    }
  }
}
