package dev.homeport.memory.check;

import dev.homeport.memory.IndexSize;
import dev.homeport.memory.MemoryIndex;
import dev.homeport.memory.MemoryLimits;
import dev.homeport.memory.check.MemoryProblem.Kind;
import dev.homeport.memory.check.References.Form;
import dev.homeport.memory.check.References.Reference;
import dev.homeport.memory.check.Targets.Place;
import dev.homeport.text.Utf8;
import dev.homeport.workspace.WorkspaceException;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Compares the index of a memory with its files.
final class IndexCheck {
  private static final int MOST_READ = 4 << 20;

  private final MemoryLimits limits;
  private final Targets targets;
  private final Problems problems;

  IndexCheck(MemoryLimits limits, Targets targets, Problems problems) {
    this.limits = limits;
    this.targets = targets;
    this.problems = problems;
  }

  /// Compares; the topics must have been listed before, for a file that is made meanwhile comes
  /// before its line.
  void check(CheckedTree tree, List<CheckedFile> topics) throws IOException {
    WorkspacePath index = tree.base().child(MemoryIndex.FILE_NAME);
    Optional<String> text = read(tree, index);
    if (text.isEmpty()) {
      return;
    }
    checkSize(tree.shown(index), text.get());
    Set<WorkspacePath> listed = checkLines(tree, index, text.get(), topics);
    for (CheckedFile topic : topics) {
      if (!listed.contains(topic.path()) && !isDated(topic.path().name())) {
        problems.add(
            Kind.ORPHAN,
            topic.shown(),
            0,
            "no line of " + tree.shown(index) + " leads to it, so agents do not know of it",
            "add this line there, or remove the file: " + line(topic));
      }
    }
  }

  /// The index, which may be missing; empty if it cannot be read, which was told before.
  private static Optional<String> read(CheckedTree tree, WorkspacePath index) throws IOException {
    try {
      return tree.workspace().stat(index).isEmpty()
          ? Optional.of("")
          : Utf8.decode(tree.workspace().read(index, MOST_READ));
    } catch (WorkspaceException e) {
      return Optional.empty();
    }
  }

  private void checkSize(String shown, String text) {
    var size = IndexSize.of(text);
    if (size.exceeds(limits)) {
      problems.add(
          Kind.OVER_LIMIT,
          shown,
          0,
          "it has %d lines and %d bytes, but agents load only its first %d lines or %d bytes"
              .formatted(size.lines(), size.bytes(), limits.indexLines(), limits.indexBytes()),
          "merge entries that belong together, shorten descriptions, drop what is stale");
    }
  }

  /// Checks what each line leads to, and returns the files that lines lead to.
  private Set<WorkspacePath> checkLines(
      CheckedTree tree, WorkspacePath index, String text, List<CheckedFile> topics)
      throws IOException {
    Set<WorkspacePath> listed = new HashSet<>();
    Map<WorkspacePath, Integer> lines = new HashMap<>();
    for (Reference reference : References.of(text)) {
      Optional<Place> there = there(targets.places(tree, index.parent(), reference));
      boolean isEntry = reference.form() != Form.CODE;
      if (there.isEmpty()) {
        if (isEntry && targets.gone(tree, index.parent(), reference).isPresent()) {
          tellDangling(tree, index, reference, topics);
        }
      } else if (there.get().tree().equals(tree)) {
        WorkspacePath file = tree.file(there.get().path());
        listed.add(file);
        Integer first = isEntry ? lines.putIfAbsent(file, reference.line()) : null;
        if (first != null && first != reference.line()) {
          tellTwice(tree.shown(index), reference, first);
        }
      }
    }
    return listed;
  }

  private static Optional<Place> there(List<Place> places) throws IOException {
    for (Place place : places) {
      if (place.exists()) {
        return Optional.of(place);
      }
    }
    return Optional.empty();
  }

  private void tellTwice(String shown, Reference reference, int firstLine) {
    problems.add(
        Kind.DUPLICATE,
        shown,
        reference.line(),
        "line %d leads to %s already".formatted(firstLine, Problems.quote(reference.target())),
        "merge the two lines into one");
  }

  private void tellDangling(
      CheckedTree tree, WorkspacePath index, Reference reference, List<CheckedFile> topics) {
    String target = reference.target();
    String fileName = target.substring(target.lastIndexOf('/') + 1);
    String remedy =
        topics.stream()
            .filter(topic -> topic.path().name().equalsIgnoreCase(fileName))
            .findFirst()
            .map(topic -> "let the line lead to " + topic.relative())
            .orElse("remove the line, or write the file again");
    problems.add(
        Kind.DANGLING,
        tree.shown(index),
        reference.line(),
        "it leads to " + Problems.quote(target) + ", which does not exist",
        remedy);
  }

  /// The index line that `remember` would have written.
  private static String line(CheckedFile topic) {
    String fileName = topic.path().name();
    String name =
        topic.name().isEmpty() ? fileName.substring(0, fileName.lastIndexOf('.')) : topic.name();
    String label = name.replace("[", "\\[").replace("]", "\\]").replace('\n', ' ');
    String link = topic.relative().replace(" ", "%20").replace("(", "%28").replace(")", "%29");
    String end = topic.description().isEmpty() ? "" : " - " + topic.description();
    return "- [" + label + "](" + link + ")" + end;
  }

  /// A diary such as `2026-11-23.md` is found by its date and needs no line.
  private static boolean isDated(String fileName) {
    String form = "dddd-dd-dd";
    if (fileName.length() < form.length()) {
      return false;
    }
    for (int i = 0; i < form.length(); i++) {
      char c = fileName.charAt(i);
      if (form.charAt(i) == 'd' ? c < '0' || c > '9' : c != '-') {
        return false;
      }
    }
    return true;
  }
}
