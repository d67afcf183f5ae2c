package dev.homeport.memory;

import dev.homeport.memory.MemoryCommand.Create;
import dev.homeport.memory.MemoryCommand.Delete;
import dev.homeport.memory.MemoryCommand.Insert;
import dev.homeport.memory.MemoryCommand.Rename;
import dev.homeport.memory.MemoryCommand.StrReplace;
import dev.homeport.memory.MemoryCommand.View;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspaceException;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The memory that agents see as `/memories`: plain files in `.homeport/memory` of the workspace
/// and, as `/memories/user`, the user's own for all workspaces.
///
/// Every change reads, compares and writes under a lock that other threads and processes respect,
/// so parallel changes compose or one of them is told. Thread-safe; holds no content itself.
public final class MemoryStore {
  private final MemoryTrees trees;
  private final MemoryView view;
  private final MemoryChanges changes;
  private final FactWriter facts;
  private final MemoryLimits limits;

  private MemoryStore(MemoryTrees trees, MemoryLimits limits, InstantSource clock) {
    this.trees = trees;
    this.limits = limits;
    this.view = new MemoryView(trees, limits.viewCharacters());
    var quota = new MemoryQuota(limits);
    this.changes = new MemoryChanges(quota);
    this.facts = new FactWriter(quota, clock);
  }

  /// The memory of a workspace, with default limits.
  ///
  /// @param project holds `.homeport/memory`, which is made when something is written
  /// @param user the directory of the user's own memory, opened private; none if null
  public static MemoryStore of(Workspace project, @Nullable Workspace user) {
    return of(project, user, MemoryLimits.DEFAULT, InstantSource.system());
  }

  /// The memory of a workspace.
  ///
  /// @param project holds `.homeport/memory`, which is made when something is written
  /// @param user the directory of the user's own memory, opened private; none if null
  /// @param limits what it may hold and show
  /// @param clock for the stamps of remembered facts
  public static MemoryStore of(
      Workspace project, @Nullable Workspace user, MemoryLimits limits, InstantSource clock) {
    return new MemoryStore(new MemoryTrees(project, user), limits, clock);
  }

  /// Runs a command of the memory tool.
  public MemoryOutcome run(MemoryCommand command, Change change)
      throws IOException, InterruptedException {
    recover();
    try {
      return switch (command) {
        case View(var path, var range) -> view.view(trees.parse(path), range);
        case Create create -> changes.create(trees.parse(create.path()), create, change);
        case StrReplace replace -> {
          MemoryPath path = trees.parse(replace.path());
          yield changes.edit(
              path,
              "Error: The path " + path + " does not exist. Please provide a valid path.",
              change,
              text -> MemoryEdit.replace(path, replace, text));
        }
        case Insert insert -> {
          MemoryPath path = trees.parse(insert.path());
          yield changes.edit(
              path,
              "Error: The path " + path + " does not exist",
              change,
              text -> MemoryEdit.insert(path, insert, text));
        }
        case Delete(var path) -> changes.delete(trees.parse(path), change);
        case Rename(var from, var to) -> changes.rename(trees.parse(from), trees.parse(to), change);
      };
    } catch (RefusedException e) {
      return new MemoryOutcome.Refused(e.text());
    } catch (WorkspaceException e) {
      return new MemoryOutcome.Refused(words(path(command), e));
    }
  }

  private static String path(MemoryCommand command) {
    return switch (command) {
      case View(var path, _) -> path;
      case Create(var path, _) -> path;
      case StrReplace(var path, _, _) -> path;
      case Insert(var path, _, _) -> path;
      case Delete(var path) -> path;
      case Rename(var path, _) -> path;
    };
  }

  private String words(String path, WorkspaceException e) {
    return e.kind() == WorkspaceException.Kind.LINK_REFUSED
        ? "Path " + path + " would escape /memories directory"
        : String.valueOf(e.getMessage())
            .replace(trees.project().base().toString(), MemoryTrees.ROOT);
  }

  /// Writes a fact into a topic file and its line into `MEMORY.md`, both or neither.
  ///
  /// A journal is written first; if the process dies before both files are, the next use of the
  /// memory by anybody finishes the work.
  ///
  /// @param scope whose memory
  /// @param fact what to remember; one of the same name is only replaced if the change expects it
  public RememberOutcome remember(MemoryScope scope, Fact fact, Change change)
      throws IOException, InterruptedException {
    recover();
    try {
      return facts.remember(trees.of(scope), fact, change);
    } catch (RefusedException e) {
      return new RememberOutcome.Refused(e.text());
    } catch (WorkspaceException e) {
      return new RememberOutcome.Refused(words("/memories/" + fact.fileName(), e));
    }
  }

  /// The parts of `MEMORY.md` that an agent loads at start, the user's before the project's; those
  /// that do not exist are left out.
  public List<MemoryIndex> indexes() throws IOException, InterruptedException {
    recover();
    var indexes = new ArrayList<MemoryIndex>();
    for (MemoryTree tree : trees.all()) {
      MemoryIndex.read(tree, limits).ifPresent(indexes::add);
    }
    return indexes;
  }

  /// Where a path of the memory lies.
  ///
  /// @param workspace the project's or that of the user's memory
  /// @param path in it
  public record Place(Workspace workspace, WorkspacePath path) {}

  /// Where a path that begins with `/memories` lies, whether or not something stands there.
  ///
  /// @throws WorkspaceException if it breaks the grammar of paths or leads out of the memory
  public Place place(String path) throws WorkspaceException {
    try {
      MemoryPath parsed = trees.parse(path);
      return new Place(parsed.tree().workspace(), parsed.file());
    } catch (RefusedException e) {
      throw new WorkspaceException(WorkspaceException.Kind.BAD_PATH, e.text());
    }
  }

  /// A path as agents write it: one of the memory begins with `/memories`.
  public String name(Place place) {
    return trees.all().stream()
        .filter(tree -> tree.workspace().root().equals(place.workspace().root()))
        .filter(tree -> place.path().startsWith(tree.base()))
        .map(tree -> new MemoryPath(tree, place.path()).toString())
        .findFirst()
        .orElseGet(() -> place.path().toString());
  }

  /// The workspace of the user's own memory, if there is one.
  public Optional<Workspace> userWorkspace() {
    return trees.user().map(MemoryTree::workspace);
  }

  private void recover() throws IOException, InterruptedException {
    for (MemoryTree tree : trees.all()) {
      facts.recover(tree);
    }
  }
}
