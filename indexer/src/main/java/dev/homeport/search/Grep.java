package dev.homeport.search;

import dev.homeport.search.gram.GramFilter;
import dev.homeport.search.live.TableWalk.Interest;
import dev.homeport.search.regex.CompiledPattern;
import dev.homeport.search.regex.CompiledPattern.Option;
import dev.homeport.search.regex.RegexSyntaxException;
import dev.homeport.search.tree.TreeFilter;
import dev.homeport.workspace.FileInfo;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspaceException;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/// Finds the lines of a workspace that match a pattern: exactly those that ripgrep finds.
///
/// The answer is what a scan of the files gives at that moment. Time is linear in the bytes that
/// are searched, whatever the pattern. Interrupting the thread ends a search. Thread-safe.
public final class Grep {
  /// How long matches are counted on after the page is full, while a walk still finds files.
  private static final Duration COUNTING = Duration.ofMillis(250);

  private static final Duration UNSEEN_LIMIT = Duration.ofMillis(500);
  private static final int MAX_UNSEEN = 1_000;

  private final Workspace workspace;

  private final FileSource source;

  private Grep(Workspace workspace, FileSource source) {
    this.workspace = workspace;
    this.source = source;
  }

  /// A grep over a workspace, which is walked each time.
  public static Grep over(Workspace workspace) {
    return new Grep(workspace, FileSource.walking(workspace.root()));
  }

  /// A grep over a workspace whose files are indexed.
  public static Grep over(Workspace workspace, IndexedFiles files) {
    return new Grep(workspace, files::candidates);
  }

  /// A grep over a workspace whose files are kept in memory.
  public static Grep over(Workspace workspace, LiveFiles files) {
    return new Grep(workspace, files::candidates);
  }

  /// Searches.
  ///
  /// @throws WorkspaceException if nothing that can be searched stands at the path of the scope
  /// @throws InterruptedException if the thread was interrupted
  public GrepOutcome search(GrepRequest request) throws IOException, InterruptedException {
    try {
      CompiledPattern pattern =
          CompiledPattern.compile(request.pattern(), options(request.options()));
      TreeFilter filter = request.scope().filter();
      FileInfo start = searchable(workspace, request.scope().path());
      GrepOutcome outcome = search(request, pattern, filter);
      return start.isDirectory() ? withUnseen(outcome, request, pattern) : outcome;
    } catch (RegexSyntaxException e) {
      return new GrepOutcome.BadPattern(String.valueOf(e.getMessage()), e.position(), e.advice());
    } catch (BadScopeException e) {
      return new GrepOutcome.BadScope(String.valueOf(e.getMessage()));
    }
  }

  /// What stands at the path of a scope.
  static FileInfo searchable(Workspace workspace, WorkspacePath path) throws IOException {
    FileInfo info =
        workspace
            .stat(path)
            .orElseThrow(() ->
                new WorkspaceException(
                    WorkspaceException.Kind.NOT_FOUND,
                    path + " does not exist; list its directory to see what does."));
    return switch (info.kind()) {
      case FILE, DIRECTORY -> info;
      case LINK ->
          throw new WorkspaceException(
              WorkspaceException.Kind.LINK_REFUSED,
              path + " is a symbolic link, which is not followed; name its target.");
      case SPECIAL ->
          throw new WorkspaceException(
              WorkspaceException.Kind.NOT_A_FILE,
              path + " is a device, socket or pipe, which is never opened.");
    };
  }

  /// The options of a request as the pattern takes them.
  static Set<Option> options(Set<GrepOption> options) {
    var all = EnumSet.noneOf(Option.class);
    for (GrepOption option : options) {
      all.add(
          switch (option) {
            case IGNORE_CASE -> Option.IGNORE_CASE;
            case LITERAL -> Option.LITERAL;
            case MULTILINE -> Option.NEWLINES;
            case DOT_ALL -> Option.DOT_ALL;
          });
    }
    return all;
  }

  private GrepOutcome search(GrepRequest request, CompiledPattern pattern, TreeFilter filter)
      throws IOException, RegexSyntaxException, InterruptedException {
    long started = System.nanoTime();
    long deadline = started + request.timeout().toNanos();
    CandidateSource files =
        source.candidates(
            new SourceRequest(
                request.scope().path(),
                filter,
                Interest.ALL,
                request.order(),
                Optional.of(GramFilter.of(pattern))));
    var page = new GrepPage(request);
    boolean isListed = files instanceof CandidateList;
    try (var scan = scan(files, pattern, request, page)) {
      while (true) {
        Optional<FileResult> result = scan.next(deadline);
        if (result.isEmpty()) {
          return page.matches(true, scan.skipped(), 0);
        }
        page.add(result.get());
        boolean countsOn = !isListed && System.nanoTime() - started < COUNTING.toNanos();
        if (page.isOverfull() && !countsOn) {
          return page.matches(false, scan.skipped(), 0);
        }
      }
    } catch (TimeoutException e) {
      return new GrepOutcome.TimedOut(request.timeout(), page.matches(false, Skipped.NOTHING, 0));
    }
  }

  private Scan scan(
      CandidateSource files, CompiledPattern pattern, GrepRequest request, GrepPage page)
      throws IOException {
    FileScanner.Maker scanners =
        () -> new FileScanner(ScannedFiles.below(workspace.root()), pattern, request);
    return files instanceof CandidateList list
        ? new ListScan(list, scanners, page::cap).start()
        : new ParallelScan(files, scanners, page::cap).start();
  }

  /// For a search without a match, looks whether hidden or ignored files hold one.
  private GrepOutcome withUnseen(GrepOutcome outcome, GrepRequest request, CompiledPattern pattern)
      throws IOException, RegexSyntaxException, InterruptedException, BadScopeException {
    FileScope scope = request.scope();
    boolean isEmpty =
        outcome instanceof GrepOutcome.Matches matches
            && matches.total() == 0
            && matches.skipped().ignored() + matches.skipped().hidden() > 0;
    if (!isEmpty) {
      return outcome;
    }
    FileScope wider = scope.everything();
    GrepRequest anywhere =
        request
            .but()
            .scope(wider)
            .mode(OutputMode.FILES_WITH_MATCHES)
            .page(Page.first(MAX_UNSEEN))
            .timeout(UNSEEN_LIMIT)
            .build();
    GrepOutcome found = search(anywhere, pattern, wider.filter());
    int unseen =
        switch (found) {
          case GrepOutcome.Matches all -> all.files().size();
          case GrepOutcome.TimedOut(_, var partial) -> partial.files().size();
          case GrepOutcome.BadPattern _, GrepOutcome.BadScope _ -> 0;
        };
    var matches = (GrepOutcome.Matches) outcome;
    return new GrepOutcome.Matches(
        matches.files(), 0, true, matches.nextOffset(), matches.skipped(), unseen);
  }
}
