package dev.homeport.search;

import dev.homeport.search.live.FileTable;
import dev.homeport.search.live.TableProbe;
import dev.homeport.search.tree.TreeFile;
import dev.homeport.search.trigram.Candidates;
import dev.homeport.search.trigram.PathKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The files in which something may match, as an index says, with those that it does not know.
final class IndexedSource implements CandidateSource {
  private static final int WHOLE = -1;

  private final FileOrder order;
  private final Candidates candidates;
  private final Skipped skipped;

  /// The files in path order, and for each its index among the candidates.
  private final List<TreeFile> files = new ArrayList<>();

  private final List<Integer> indexes = new ArrayList<>();
  private int binary;

  private IndexedSource(FileOrder order, Candidates candidates, Skipped skipped) {
    this.order = order;
    this.candidates = candidates;
    this.skipped = skipped;
  }

  /// The files that are wanted.
  ///
  /// @param now the tree as it is; may be newer than that of the view
  /// @param elsewhere files that are not in the table
  /// @param skipped what is left out
  static IndexedSource of(
      IndexView view,
      FileTable now,
      SourceRequest request,
      TableProbe probe,
      List<TreeFile> elsewhere,
      Skipped skipped)
      throws IOException {
    Candidates candidates = view.candidates(request.grams().orElseThrow());
    var source = new IndexedSource(request.order(), candidates, skipped);
    var changed = new HashSet<>(now.changedSince(view.table()));
    source.addKnown(view, changed, probe);
    var more = new ArrayList<>(elsewhere);
    for (TreeFile file : view.unknown()) {
      if (!changed.contains(file.path())) {
        probe.file(file.path()).ifPresent(more::add);
      }
    }
    for (String path : changed) {
      probe.file(path).ifPresent(more::add);
    }
    source.addInOrder(more);
    return source;
  }

  private void addKnown(IndexView view, Set<String> changed, TableProbe probe) {
    for (int i = 0; i < candidates.size(); i++) {
      TreeFile file = view.file(candidates.file(i));
      if (isTaken(file, changed, probe)) {
        files.add(file);
        indexes.add(i);
      }
    }
    for (TreeFile file : view.binaries()) {
      binary += isTaken(file, changed, probe) ? 1 : 0;
    }
  }

  private static boolean isTaken(@Nullable TreeFile file, Set<String> changed, TableProbe probe) {
    return file != null && !changed.contains(file.path()) && probe.file(file.path()).isPresent();
  }

  /// Adds files that must be searched whole, so that all are in path order.
  private void addInOrder(List<TreeFile> more) {
    if (more.isEmpty()) {
      return;
    }
    Comparator<TreeFile> byPath = Comparator.comparing(file -> PathKey.of(file.path()));
    more.sort(byPath);
    var known = List.copyOf(files);
    var knownIndexes = List.copyOf(indexes);
    files.clear();
    indexes.clear();
    int next = 0;
    for (TreeFile file : more) {
      PathKey key = PathKey.of(file.path());
      int before = next;
      int after = known.size();
      while (before < after) {
        int middle = (before + after) >>> 1;
        boolean isBefore = PathKey.of(known.get(middle).path()).compareTo(key) < 0;
        before = isBefore ? middle + 1 : before;
        after = isBefore ? after : middle;
      }
      files.addAll(known.subList(next, before));
      indexes.addAll(knownIndexes.subList(next, before));
      next = before;
      files.add(file);
      indexes.add(WHOLE);
    }
    files.addAll(known.subList(next, known.size()));
    indexes.addAll(knownIndexes.subList(next, known.size()));
  }

  @Override
  public Skipped feed(Visitor visitor) throws InterruptedException {
    switch (order) {
      case PATH -> {
        for (int i = 0; i < files.size(); i++) {
          give(i, visitor);
        }
      }
      case MODIFIED -> {
        for (int i : LastChangedFirst.order(files)) {
          give(i, visitor);
        }
      }
    }
    return new Skipped(
        skipped.ignored(),
        skipped.hidden(),
        skipped.binary() + binary,
        skipped.unreadable(),
        skipped.unnamable(),
        skipped.oversized());
  }

  private void give(int i, Visitor visitor) throws InterruptedException {
    int index = indexes.get(i);
    visitor.candidate(files.get(i), index == WHOLE ? List.of() : candidates.chunks(index));
  }

  @Override
  public OptionalInt count() {
    return OptionalInt.of(files.size());
  }

  /// A probe for what a request wants; empty if the table has no listing of where it starts.
  static Optional<TableProbe> probe(FileTable table, SourceRequest request) {
    String start = request.start().isRoot() ? "" : request.start() + "/";
    var probe = new TableProbe(table, request.filter(), start);
    return probe.canStart() ? Optional.of(probe) : Optional.empty();
  }
}
