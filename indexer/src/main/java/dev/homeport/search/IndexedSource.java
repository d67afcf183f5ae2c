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
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// The files in which something may match, as an index says, with those that it does not know.
/// Immutable once it is made.
final class IndexedSource implements CandidateList {
  private static final int WHOLE = -1;

  private final FileOrder order;
  private final Candidates candidates;
  private final Skipped left;

  /// The files in path order, and for each its index among the candidates.
  private final List<TreeFile> files = new ArrayList<>();

  private final List<Integer> indexes = new ArrayList<>();

  /// The files in the order that is asked for, as places in the lists.
  private int[] places = new int[0];

  private int binary;

  private IndexedSource(FileOrder order, Candidates candidates, Skipped left) {
    this.order = order;
    this.candidates = candidates;
    this.left = left;
  }

  /// The files that are wanted.
  ///
  /// @param now the tree as it is; may be newer than that of the view
  /// @param elsewhere files that are not in the table
  /// @param left what is left out
  /// @param wanted what is known already of the files of the index; learns more
  static IndexedSource of(
      IndexView view,
      FileTable now,
      SourceRequest request,
      TableProbe probe,
      List<TreeFile> elsewhere,
      Skipped left,
      WantedFiles wanted)
      throws IOException {
    Candidates candidates = view.candidates(request.grams().orElseThrow());
    var source = new IndexedSource(request.order(), candidates, left);
    var changed = new HashSet<>(now.changedSince(view.table()));
    source.addKnown(view, file -> wanted.includes(file, view, changed, probe));
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
    source.places = source.inOrder();
    return source;
  }

  private void addKnown(IndexView view, IntPredicate isWanted) {
    for (int i = 0; i < candidates.size(); i++) {
      int number = candidates.file(i);
      TreeFile file = view.file(number);
      if (file != null && isWanted.test(number)) {
        files.add(file);
        indexes.add(i);
      }
    }
    binary = Math.toIntExact(view.binaries().filter(isWanted).count());
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

  private int[] inOrder() {
    return switch (order) {
      case PATH -> IntStream.range(0, files.size()).toArray();
      case MODIFIED -> LastChangedFirst.order(files);
    };
  }

  @Override
  public int size() {
    return places.length;
  }

  @Override
  public Candidate get(int i) {
    int index = indexes.get(places[i]);
    return new Candidate(
        files.get(places[i]), index == WHOLE ? List.of() : candidates.chunks(index));
  }

  @Override
  public Skipped skipped() {
    return new Skipped(
        left.ignored(),
        left.hidden(),
        left.binary() + binary,
        left.unreadable(),
        left.unnamable(),
        left.oversized());
  }

  /// A probe for what a request wants; empty if the table has no listing of where it starts.
  static Optional<TableProbe> probe(FileTable table, SourceRequest request) {
    String start = request.start().isRoot() ? "" : request.start() + "/";
    var probe = new TableProbe(table, request.filter(), start);
    return probe.canStart() ? Optional.of(probe) : Optional.empty();
  }
}
