package dev.homeport.search;

import dev.homeport.workspace.WorkspaceException;
import dev.homeport.workspace.WorkspacePath;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;

/// Cuts the wanted page out of the results of files that come in order.
final class GrepPage {
  private final GrepRequest request;
  private final List<FileMatches> files = new ArrayList<>();
  private final AtomicLong total = new AtomicLong();
  private int binary;
  private int unreadable;
  private int oversized;

  GrepPage(GrepRequest request) {
    this.request = request;
  }

  /// How many matching lines of a file can still be on the page.
  int cap() {
    return Math.clamp(request.page().end() - total.get(), 0, Integer.MAX_VALUE);
  }

  /// Whether more was found than fits.
  boolean isOverfull() {
    return total.get() > request.page().end();
  }

  void add(FileResult result) throws WorkspaceException {
    switch (result.state()) {
      case VANISHED -> {}
      case UNREADABLE -> unreadable++;
      case OVERSIZED -> oversized++;
      case SEARCHED -> searched(result);
    }
  }

  private void searched(FileResult result) throws WorkspaceException {
    binary += result.binary() && result.count() == 0 ? 1 : 0;
    boolean isUncountable = result.binary() && request.mode() == OutputMode.COUNT;
    if (result.count() == 0 || isUncountable) {
      return;
    }
    Page page = request.page();
    boolean isContent = request.mode() == OutputMode.CONTENT;
    int size = isContent ? result.lineCount() : 1;
    long from = Math.max(0, page.offset() - total.get());
    long to = Math.min(size, page.end() - total.get());
    if (from < to) {
      files.add(
          new FileMatches(
              WorkspacePath.parse(result.file().path()),
              result.count(),
              isContent ? cut(result.lines(), (int) from, (int) to) : List.of(),
              result.binary()));
    }
    total.addAndGet(size);
  }

  /// The matches with these indexes and the context that belongs to them.
  private List<LineMatch> cut(List<LineMatch> lines, int from, int to) {
    List<LineMatch> matches = lines.stream().filter(line -> !line.context()).toList();
    if (from == 0 && to >= matches.size()) {
      return lines;
    }
    List<LineMatch> wanted = matches.subList(from, Math.min(to, matches.size()));
    var kept = new ArrayList<LineMatch>();
    int next = 0;
    for (LineMatch line : lines) {
      while (next < wanted.size() && wanted.get(next).number() + request.after() < line.number()) {
        next++;
      }
      boolean isNear =
          next < wanted.size() && wanted.get(next).number() - request.before() <= line.number();
      if (isNear && (line.context() || wanted.contains(line))) {
        kept.add(line);
      }
    }
    return kept;
  }

  /// The page, with what the walk left out added to what the scan did.
  GrepOutcome.Matches matches(boolean isExact, Skipped walk, int unseen) {
    boolean hasMore = total.get() > request.page().end();
    return new GrepOutcome.Matches(
        files,
        total.get(),
        isExact,
        hasMore ? OptionalInt.of((int) request.page().end()) : OptionalInt.empty(),
        new Skipped(
            walk.ignored(),
            walk.hidden(),
            walk.binary() + binary,
            walk.unreadable() + unreadable,
            walk.unnamable(),
            oversized),
        unseen);
  }
}
