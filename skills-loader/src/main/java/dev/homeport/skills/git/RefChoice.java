package dev.homeport.skills.git;

import dev.homeport.skills.source.Shown;
import dev.homeport.skills.source.SourceException;
import dev.homeport.skills.source.SourceOrigin;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.RefSpec;

/// The ref of a repository that a person meant.
///
/// @param name the full name, such as `refs/heads/main`
/// @param id what it leads to: a commit, or the object of a tag
record RefChoice(String name, ObjectId id) {
  /// Where refs of repositories are kept in their clones.
  static final String KEPT = "refs/homeport/";

  /// Every branch and tag with its history.
  static final List<RefSpec> EVERYTHING =
      List.of(
          new RefSpec("+" + Constants.R_HEADS + "*:" + KEPT + "heads/*"),
          new RefSpec("+" + Constants.R_TAGS + "*:" + KEPT + "tags/*"));

  private static final int SHOWN = 8;

  /// Chooses among what a repository has.
  static RefChoice of(SourceOrigin.Git origin, Collection<Ref> refs) throws SourceException {
    List<RefChoice> found =
        names(origin).stream()
            .flatMap(name -> refs.stream().filter(ref -> ref.getName().equals(name)))
            .filter(ref -> ref.getObjectId() != null)
            .map(ref -> new RefChoice(ref.getName(), Objects.requireNonNull(ref.getObjectId())))
            .toList();
    if (found.size() > 1) {
      throw new SourceException(
          "'%s' is a branch and a tag of %s; give %s or %s with --ref"
              .formatted(
                  origin.ref(), origin.url(), found.getFirst().name(), found.getLast().name()));
    }
    if (found.isEmpty()) {
      throw new SourceException(
          (origin.ref().isEmpty()
                  ? "%s has no default branch".formatted(origin.url())
                  : "there is no branch or tag '%s' in %s, and a commit needs all 40 digits"
                      .formatted(origin.ref(), origin.url()))
              + "; give another one with --ref"
              + offered(refs));
    }
    return found.getFirst();
  }

  private static List<String> names(SourceOrigin.Git origin) {
    String ref = origin.ref();
    if (ref.isEmpty()) {
      return List.of(Constants.HEAD);
    }
    return ref.startsWith(Constants.R_REFS)
        ? List.of(ref)
        : List.of(Constants.R_HEADS + ref, Constants.R_TAGS + ref);
  }

  private static String offered(Collection<Ref> refs) {
    String names =
        refs.stream()
            .map(Ref::getName)
            .filter(name -> name.startsWith(Constants.R_HEADS) || name.startsWith(Constants.R_TAGS))
            .sorted()
            .limit(SHOWN)
            .map(name -> Shown.of(Repository.shortenRefName(name)))
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? ": it is empty" : ", such as " + names;
  }

  /// The name under which it is kept in the clone.
  String keptAs() {
    return keptAs(name);
  }

  private static String keptAs(String name) {
    return KEPT
        + (name.startsWith(Constants.R_REFS) ? name.substring(Constants.R_REFS.length()) : name);
  }

  /// Writes down that the ref leads there now; the object is in the clone already.
  void keep(Repository clone) throws IOException {
    RefUpdate update = clone.updateRef(keptAs());
    update.setNewObjectId(id);
    update.disableRefLog();
    update.forceUpdate();
  }

  /// What the ref led to when it was fetched last.
  static Optional<ObjectId> kept(SourceOrigin.Git origin, Repository clone) throws IOException {
    for (String name : names(origin)) {
      Ref ref = clone.exactRef(keptAs(name));
      if (ref != null && ref.getObjectId() != null) {
        return Optional.of(ref.getObjectId());
      }
    }
    return Optional.empty();
  }
}
