package dev.homeport.memory.check;

import dev.homeport.memory.check.References.Form;
import dev.homeport.memory.check.References.Reference;
import dev.homeport.workspace.WorkspaceException;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Finds what the references of memory files lead to. Not thread-safe.
final class Targets {
  private static final String ENDING = ".md";

  private final List<CheckedTree> trees;
  private final CheckedTree project;
  private final MentionedPaths workspace;

  Targets(List<CheckedTree> trees, CheckedTree project) {
    this.trees = trees.stream().sorted(Comparator.comparing(CheckedTree::name).reversed()).toList();
    this.project = project;
    this.workspace = new MentionedPaths(project.workspace());
  }

  /// Where a reference leads in the memory.
  ///
  /// @param tree which memory
  /// @param path from the top of it
  record Place(CheckedTree tree, WorkspacePath path) {
    boolean exists() throws IOException {
      return tree.has(path);
    }
  }

  /// The files of a memory that a reference may mean, the most likely one first.
  ///
  /// @param directory the one that holds the file with the reference, in the tree's workspace
  List<Place> places(CheckedTree tree, WorkspacePath directory, Reference reference) {
    String target = reference.target();
    var places = new ArrayList<Place>();
    for (CheckedTree absolute : trees) {
      if (target.startsWith(absolute.name() + "/")) {
        add(places, absolute, List.of(), target.substring(absolute.name().length() + 1));
        return places;
      }
    }
    if (leadsElsewhere(target)) {
      return List.of();
    }
    List<String> below =
        directory.segments().subList(tree.base().segments().size(), directory.segments().size());
    for (String name : names(reference)) {
      add(places, tree, below, name);
      if (!below.isEmpty()) {
        add(places, tree, List.of(), name);
      }
    }
    return places;
  }

  /// Whether a target is a URL or a path of the host, which nothing here can judge.
  private boolean leadsElsewhere(String target) {
    return target.contains(":")
        || target.startsWith("~")
        || (target.startsWith("/")
            && trees.stream().noneMatch(tree -> target.startsWith(tree.name() + "/")));
  }

  private static List<String> names(Reference reference) {
    String target = reference.target();
    return reference.form() == Form.WIKI && !target.endsWith(ENDING)
        ? List.of(target + ENDING, target, target.replace(' ', '-') + ENDING)
        : List.of(target);
  }

  /// Adds a place; below the mount of a tree it lies in the memory that is mounted there.
  private void add(List<Place> places, CheckedTree tree, List<String> directory, String target) {
    Optional<WorkspacePath> resolved = resolve(directory, target);
    if (resolved.isEmpty()) {
      return;
    }
    List<String> names = resolved.get().segments();
    if (!tree.mount().isEmpty() && names.size() > 1 && names.getFirst().equals(tree.mount())) {
      var below = new WorkspacePath(names.subList(1, names.size()));
      trees.stream()
          .filter(other -> other.name().equals(tree.name() + "/" + tree.mount()))
          .forEach(other -> places.add(new Place(other, below)));
    } else {
      places.add(new Place(tree, resolved.get()));
    }
  }

  /// Follows `.` and `..` by name; empty if that leads out of the tree.
  private static Optional<WorkspacePath> resolve(List<String> directory, String target) {
    var names = new ArrayList<>(directory);
    for (String name : target.split("/", -1)) {
      if (name.equals("..")) {
        if (names.isEmpty()) {
          return Optional.empty();
        }
        names.removeLast();
      } else if (!name.isEmpty() && !name.equals(".")) {
        names.add(name);
      }
    }
    try {
      return Optional.of(WorkspacePath.parse(String.join("/", names)));
    } catch (WorkspaceException e) {
      return Optional.empty();
    }
  }

  /// What a reference leads to if that is a path where nothing stands.
  ///
  /// In the user's memory code spans do not count: which workspace a path belongs to is not said.
  Optional<String> gone(CheckedTree tree, WorkspacePath directory, Reference reference)
      throws IOException {
    for (Place place : places(tree, directory, reference)) {
      if (place.exists()) {
        return Optional.empty();
      }
    }
    String target = reference.target();
    if (reference.form() == Form.CODE) {
      return tree.equals(project) ? workspace.gone(target) : Optional.empty();
    }
    return leadsElsewhere(target) || isInWorkspace(tree, directory, target)
        ? Optional.empty()
        : Optional.of(target);
  }

  /// Whether a link of the project's memory leads to a file of the workspace, from the root or from
  /// the file that has the link.
  private boolean isInWorkspace(CheckedTree tree, WorkspacePath directory, String target)
      throws IOException {
    if (!tree.equals(project)) {
      return false;
    }
    for (List<String> start : List.of(List.<String>of(), directory.segments())) {
      Optional<WorkspacePath> path = resolve(start, target);
      if (path.isPresent() && workspace.exists(path.get())) {
        return true;
      }
    }
    return false;
  }
}
