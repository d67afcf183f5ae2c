package dev.homeport.server.durability;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// What a server did to the files below a root, and when it answered.
///
/// Everything is known by the path that a descriptor refers to, so it does not matter which thread
/// does what through which descriptor.
final class Trace {
  /// The system calls that a trace needs; those with `?` do not exist on every processor.
  static final String CALLS =
      "?open,openat,?creat,write,pwrite64,writev,pwritev,copy_file_range,sendfile,ftruncate"
          + ",fsync,fdatasync,?rename,?renameat,renameat2,?link,linkat,?mkdir,mkdirat"
          + ",?unlink,unlinkat,?rmdir";

  /// A change of a file or a directory.
  ///
  /// @param kind what happened
  /// @param path to what; of a rename, the old name
  /// @param target the new name of what was renamed, else the same path
  private record Step(Kind kind, Path path, Path target, int begin, int end) {}

  private enum Kind {
    WRITE,
    SYNC,
    RENAME,
    ADD,
    REMOVE
  }

  private final Path root;
  private final Set<Path> ignored;
  private final List<Step> steps;
  private final List<SystemCall> outputs;

  /// @param root only what lies below it counts
  /// @param ignored files that need not be durable
  /// @param calls all of the process
  Trace(Path root, Set<Path> ignored, List<SystemCall> calls) {
    this.root = root;
    this.ignored = ignored;
    this.steps =
        calls.stream()
            .filter(call -> !call.failed())
            .flatMap(Trace::step)
            .filter(step -> step.path().startsWith(root) && !ignored.contains(step.path()))
            .toList();
    this.outputs =
        calls.stream()
            .filter(
                call -> call.name().equals("write") && call.arguments().getFirst().startsWith("1<"))
            .toList();
  }

  private static Stream<Step> step(SystemCall call) {
    return switch (call.name()) {
      case "write", "pwrite64", "writev", "pwritev", "ftruncate" ->
          call.file(0).map(file -> step(Kind.WRITE, file, call)).stream();
      case "sendfile" -> call.file(0).map(file -> step(Kind.WRITE, file, call)).stream();
      case "copy_file_range" -> call.file(2).map(file -> step(Kind.WRITE, file, call)).stream();
      case "fsync", "fdatasync" -> call.file(0).map(file -> step(Kind.SYNC, file, call)).stream();
      case "rename" -> Stream.of(rename(call, call.path(0), call.path(1)));
      case "renameat", "renameat2" -> Stream.of(rename(call, call.pathIn(1), call.pathIn(3)));
      case "link", "mkdir", "creat" -> Stream.of(step(Kind.ADD, last(call), call));
      case "linkat" -> Stream.of(step(Kind.ADD, call.pathIn(3), call));
      case "mkdirat" -> Stream.of(step(Kind.ADD, call.pathIn(1), call));
      case "unlink", "rmdir" -> Stream.of(step(Kind.REMOVE, call.path(0), call));
      case "unlinkat" -> Stream.of(step(Kind.REMOVE, call.pathIn(1), call));
      case "open" -> opened(call, 0);
      case "openat" -> opened(call, 1);
      default -> throw new AssertionError("what does " + call + " do?");
    };
  }

  private static Path last(SystemCall call) {
    return call.path(call.name().equals("link") ? 1 : 0);
  }

  private static Stream<Step> opened(SystemCall call, int index) {
    if (!call.arguments().get(index + 1).contains("O_CREAT")) {
      return Stream.empty();
    }
    Path path = index == 0 ? call.path(0) : call.pathIn(index);
    return Stream.of(step(Kind.ADD, path, call));
  }

  private static Step step(Kind kind, Path path, SystemCall call) {
    return new Step(kind, path.normalize(), path.normalize(), call.begin(), call.end());
  }

  private static Step rename(SystemCall call, Path from, Path to) {
    return new Step(Kind.RENAME, from.normalize(), to.normalize(), call.begin(), call.end());
  }

  /// Where the answer to a request was written, as a line of the trace.
  int answer(int id) {
    return outputs.stream()
        .filter(call -> call.arguments().get(1).contains("\\\"id\\\":" + id + ","))
        .mapToInt(SystemCall::begin)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no answer to " + id + " in the trace"));
  }

  /// Whether a file was replaced by what had been written under another name.
  boolean isReplaced(Path file, int after, int before) {
    return between(after, before)
        .filter(rename -> rename.kind() == Kind.RENAME && rename.target().equals(file))
        .anyMatch(rename -> isWritten(rename.path(), after, rename.begin()));
  }

  /// Whether anything was written to a file, or to one below a directory.
  boolean isWritten(Path path, int after, int before) {
    return between(after, before)
        .anyMatch(step -> step.kind() == Kind.WRITE && step.path().startsWith(path));
  }

  private Stream<Step> between(int after, int before) {
    return steps.stream().filter(step -> step.begin() > after && step.begin() < before);
  }

  /// What could be lost by a power failure at line `before` of what was done since line `after`;
  /// empty if all is durable: what was written is synced, and before it is renamed; and each new or
  /// changed entry of a directory is synced as well.
  List<String> losses(int after, int before) {
    var losses = new ArrayList<String>();
    Set<Path> known = new HashSet<>(addedBefore(after));
    for (Step step : between(after, before).toList()) {
      switch (step.kind()) {
        case WRITE -> {
          int limit = nextRename(step, before);
          if (!isSynced(step.path(), step.end(), limit)) {
            losses.add(
                "%s is not synced between a write and %s"
                    .formatted(name(step.path()), limit == before ? "the answer" : "its rename"));
          }
        }
        case RENAME -> requireEntry(step, before, losses);
        case ADD -> {
          if (known.add(step.path()) && !isGone(step, before)) {
            requireEntry(step, before, losses);
          }
        }
        case SYNC, REMOVE -> {}
      }
    }
    return losses;
  }

  private void requireEntry(Step step, int before, List<String> losses) {
    Path directory = step.target().getParent();
    if (!isSynced(directory, step.end(), before)) {
      losses.add(
          "the directory of %s is not synced between its %s and the answer"
              .formatted(name(step.target()), step.kind() == Kind.RENAME ? "rename" : "creation"));
    }
  }

  private boolean isSynced(Path path, int after, int before) {
    return steps.stream()
        .anyMatch(sync ->
            sync.kind() == Kind.SYNC
                && sync.path().equals(path)
                && sync.begin() > after
                && sync.end() < before);
  }

  private int nextRename(Step write, int before) {
    return between(write.begin(), before)
        .filter(step -> step.kind() == Kind.RENAME && step.path().equals(write.path()))
        .mapToInt(Step::begin)
        .findFirst()
        .orElse(before);
  }

  private boolean isGone(Step added, int before) {
    return between(added.begin(), before)
        .anyMatch(step ->
            (step.kind() == Kind.RENAME || step.kind() == Kind.REMOVE)
                && step.path().equals(added.path()));
  }

  private List<Path> addedBefore(int line) {
    return steps.stream().filter(step -> step.begin() <= line).map(Step::target).toList();
  }

  private String name(Path path) {
    return root.relativize(path).toString();
  }
}
