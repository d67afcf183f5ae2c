package dev.homeport.search;

import dev.homeport.search.live.TableWalk.Interest;
import dev.homeport.search.tree.FileGlob;
import dev.homeport.search.tree.GlobSyntaxException;
import dev.homeport.search.tree.TreeFile;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspaceException;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Lists the files of a workspace whose names or paths match a glob. Thread-safe.
///
/// What ignore files exclude is left out unless the scope asks for it. Hidden files are left out
/// too, unless the pattern itself names one: `.github/**` needs no flag.
public final class Glob {
  private final Workspace workspace;

  private final FileSource source;

  private Glob(Workspace workspace, FileSource source) {
    this.workspace = workspace;
    this.source = source;
  }

  /// A glob over a workspace, which is walked each time.
  public static Glob over(Workspace workspace) {
    return new Glob(workspace, FileSource.walking(workspace.root()));
  }

  /// A glob over a workspace whose files are kept in memory.
  public static Glob over(Workspace workspace, LiveFiles files) {
    return new Glob(workspace, files::candidates);
  }

  /// Lists files.
  ///
  /// @throws WorkspaceException if nothing stands at the path of the scope
  /// @throws InterruptedException if the thread was interrupted
  public GlobOutcome list(GlobRequest request) throws IOException, InterruptedException {
    try {
      FileGlob glob = FileGlob.compile(request.pattern());
      FileScope scope = request.scope().withHidden(request.scope().hidden() || glob.namesHidden());
      WorkspacePath start = request.scope().path();
      int prefix = start.isRoot() ? 0 : start.toString().length() + 1;
      boolean isFile = Grep.searchable(workspace, start).isFile();
      var files = new ArrayList<TreeFile>();
      Skipped skipped =
          source
              .candidates(
                  new SourceRequest(
                      start,
                      scope.filter(),
                      new GlobInterest(glob, prefix),
                      request.order(),
                      Optional.empty()))
              .feed((file, _) -> {
                if (isFile || glob.matches(file.path().substring(prefix))) {
                  files.add(file);
                }
              });
      return page(request.page(), files, skipped);
    } catch (GlobSyntaxException | BadScopeException e) {
      return new GlobOutcome.BadScope(String.valueOf(e.getMessage()));
    }
  }

  /// The files that a glob may match, relative to the directory whose path has this length.
  private record GlobInterest(FileGlob glob, int prefix) implements Interest {
    @Override
    public boolean isBelow(String path) {
      return glob.mayMatchBelow(path.substring(prefix));
    }

    @Override
    public boolean isIn(byte[] names, int from, int to) {
      return glob.mayMatch(names, from, to);
    }
  }

  private static GlobOutcome page(Page page, List<TreeFile> files, Skipped skipped) {
    int from = Math.min(page.offset(), files.size());
    int to = (int) Math.min(page.end(), files.size());
    var found = new ArrayList<FoundFile>(to - from);
    for (TreeFile file : files.subList(from, to)) {
      found.add(
          new FoundFile(file.path(), file.bytes(), Instant.ofEpochSecond(0, file.modified())));
    }
    OptionalInt next = to < files.size() ? OptionalInt.of(to) : OptionalInt.empty();
    return new GlobOutcome.Files(found, files.size(), next, skipped);
  }
}
