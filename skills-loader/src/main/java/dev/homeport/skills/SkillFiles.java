package dev.homeport.skills;

import dev.homeport.skills.SkillDiscovery.Found;
import dev.homeport.skills.SkillParser.Parsed;
import dev.homeport.skills.SkillProblem.Kind;
import dev.homeport.skills.SkillProblem.Severity;
import dev.homeport.workspace.FileInfo;
import dev.homeport.workspace.Workspace;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The parsed files of all roots, read again only where size or time changed. Not thread-safe.
final class SkillFiles {
  private static final long MAX_FILE_BYTES = 1 << 20;
  private static final long READ_LIMIT_SECONDS = 60;
  private static final int BATCH = 64;

  /// A file changed this shortly before it was read may change again without a new time.
  private static final Duration UNSETTLED = Duration.ofMillis(100);

  /// What is known of one file.
  ///
  /// @param info the fingerprint at the time of reading
  /// @param settled whether the fingerprint will tell every later change
  /// @param skill what is served
  /// @param isGood whether `skill` comes from a version of the file that was not broken
  /// @param problems what is wrong with the file as it is now
  private record Entry(
      FileInfo info,
      boolean settled,
      Optional<Skill> skill,
      boolean isGood,
      List<SkillProblem> problems) {
    boolean servesSame(@Nullable Entry other) {
      return other != null && skill.equals(other.skill) && problems.equals(other.problems);
    }
  }

  private Map<SkillLocation, Entry> entries = Map.of();
  private List<SkillLocation> order = List.of();
  private List<SkillProblem> discoveryProblems = List.of();

  /// Brings everything up to date with what was found.
  ///
  /// @return whether anything is different now
  boolean update(SkillDiscovery.Result found) throws InterruptedException {
    Map<SkillLocation, Entry> read =
        readAll(found.files().stream().filter(this::isChanged).toList());
    var next = new HashMap<>(read);
    entries.forEach(next::putIfAbsent);
    List<SkillLocation> nextOrder = found.files().stream().map(Found::location).toList();
    boolean different =
        !nextOrder.equals(order)
            || !found.problems().equals(discoveryProblems)
            || read.entrySet().stream()
                .anyMatch(entry -> !entry.getValue().servesSame(entries.get(entry.getKey())));
    next.keySet().retainAll(Set.copyOf(nextOrder));
    entries = next;
    order = nextOrder;
    discoveryProblems = found.problems();
    return different;
  }

  private boolean isChanged(Found file) {
    Entry known = entries.get(file.location());
    return known == null || !known.settled() || !known.info().equals(file.info());
  }

  private Map<SkillLocation, Entry> readAll(List<Found> files) throws InterruptedException {
    var batches = new ArrayList<Callable<Map<SkillLocation, Entry>>>();
    for (int from = 0; from < files.size(); from += BATCH) {
      List<Found> batch = files.subList(from, Math.min(from + BATCH, files.size()));
      batches.add(() -> batch.stream().collect(Collectors.toMap(Found::location, this::read)));
    }
    var read = new HashMap<SkillLocation, Entry>();
    var executor = Executors.newVirtualThreadPerTaskExecutor();
    try {
      for (var future : executor.invokeAll(batches, READ_LIMIT_SECONDS, TimeUnit.SECONDS)) {
        switch (future.state()) {
          case SUCCESS -> read.putAll(future.resultNow());
          case FAILED -> throw new IllegalStateException(future.exceptionNow());
          case CANCELLED, RUNNING -> {} // too slow a disk: what is missing is read next time
        }
      }
    } finally {
      executor.shutdownNow();
    }
    return read;
  }

  private Entry read(Found file) {
    Entry before = entries.get(file.location());
    boolean settled = file.info().modified().isBefore(Instant.now().minus(UNSETTLED));
    Parsed parsed = parse(file);
    if (parsed.isBroken() && before != null && before.isGood()) {
      var problems = new ArrayList<>(parsed.problems());
      problems.add(
          problem(
              file, Kind.BROKEN_EDIT, "the last edit broke it; its last good version is served"));
      return new Entry(file.info(), settled, before.skill(), true, List.copyOf(problems));
    }
    return new Entry(file.info(), settled, parsed.skill(), !parsed.isBroken(), parsed.problems());
  }

  private static Parsed parse(Found file) {
    var root = file.location().root();
    try {
      byte[] bytes = Workspace.open(root.base()).read(file.location().file(), MAX_FILE_BYTES);
      return SkillParser.parse(file.location(), bytes);
    } catch (IOException e) {
      String reason = SkillDiscovery.reason(e);
      return new Parsed(Optional.empty(), List.of(problem(file, Kind.UNREADABLE, reason)));
    }
  }

  private static SkillProblem problem(Found file, Kind kind, String message) {
    SkillLocation location = file.location();
    return new SkillProblem(Severity.ERROR, kind, location.root().shown(location.file()), message);
  }

  List<Skill> skills() {
    return inOrder().flatMap(entry -> entry.skill().stream()).toList();
  }

  List<SkillProblem> problems() {
    return Stream.concat(
            discoveryProblems.stream(), inOrder().flatMap(entry -> entry.problems().stream()))
        .toList();
  }

  private Stream<Entry> inOrder() {
    return order.stream().map(entries::get).filter(Objects::nonNull);
  }
}
