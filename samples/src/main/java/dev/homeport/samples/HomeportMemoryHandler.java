package dev.homeport.samples;

import com.anthropic.helpers.BetaMemoryToolHandler;
import dev.homeport.memory.Change;
import dev.homeport.memory.MemoryCommand;
import dev.homeport.memory.MemoryCommand.Create;
import dev.homeport.memory.MemoryCommand.Delete;
import dev.homeport.memory.MemoryCommand.Insert;
import dev.homeport.memory.MemoryCommand.Range;
import dev.homeport.memory.MemoryCommand.Rename;
import dev.homeport.memory.MemoryCommand.StrReplace;
import dev.homeport.memory.MemoryCommand.View;
import dev.homeport.memory.MemoryOutcome;
import dev.homeport.memory.MemoryStore;
import dev.homeport.workspace.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The memory tool of Anthropic's Java SDK on plain files, with every guarantee of Homeport's.
///
/// All answers are those of the memory tool's documentation, errors included, for Claude to read.
/// Thread-safe; other processes, such as a Homeport server, may use the same directory.
public final class HomeportMemoryHandler implements BetaMemoryToolHandler {
  private final MemoryStore memory;

  private HomeportMemoryHandler(MemoryStore memory) {
    this.memory = memory;
  }

  /// A handler whose files lie in `.homeport/memory` of a directory, which must exist.
  public static HomeportMemoryHandler on(Path directory) throws IOException {
    return new HomeportMemoryHandler(MemoryStore.of(Workspace.open(directory), null));
  }

  @Override
  public String create(String path, String fileText) {
    return run(new Create(path, fileText));
  }

  @Override
  public String view(String path, Optional<List<Long>> viewRange) {
    List<Long> range = viewRange.orElse(List.of(1L, -1L));
    if (range.size() != 2) {
      return "Error: Invalid `view_range` parameter: " + range + ". It should be [first, last].";
    }
    return viewRange.isEmpty()
        ? run(new View(path, null))
        : run(new View(path, new Range(lineNumber(range.get(0)), lineNumber(range.get(1)))));
  }

  @Override
  public String strReplace(String path, String oldStr, String newStr) {
    return run(new StrReplace(path, oldStr, newStr));
  }

  @Override
  public String insert(String path, long insertLine, String insertText) {
    return run(new Insert(path, lineNumber(insertLine), insertText));
  }

  @Override
  public String delete(String path) {
    return run(new Delete(path));
  }

  @Override
  public String rename(String oldPath, String newPath) {
    return run(new Rename(oldPath, newPath));
  }

  /// No file has more lines than an `int` counts, so a number beyond is as wrong as the largest.
  private static int lineNumber(long number) {
    return Math.clamp(number, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  private String run(MemoryCommand command) {
    try {
      return switch (memory.run(command, Change.UNCONDITIONAL)) {
        case MemoryOutcome.Done(var text, _) -> text;
        case MemoryOutcome.Refused(var text) -> text;
        case MemoryOutcome.Stale stale -> stale.text();
        // The interface answers text alone, so a picture cannot be shown.
        case MemoryOutcome.Picture picture -> "Unsupported file type for " + picture.file().path();
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "The command was cancelled; view the file to see whether it was done.";
    }
  }
}
