package dev.homeport.skills;

import dev.homeport.skills.SkillProblem.Kind;
import dev.homeport.skills.SkillProblem.Severity;
import dev.homeport.skills.SkillRoots.OpenRoot;
import dev.homeport.workspace.WorkspacePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The directories of a root that git ignores. Not thread-safe.
final class IgnoredDirectories {
  private static final int SHOWN = 3;

  private final OpenRoot root;
  private final IgnoreRules rules;
  private final List<String> paths = new ArrayList<>();

  IgnoredDirectories(OpenRoot root, IgnoreRules rules) {
    this.root = root;
    this.rules = rules;
  }

  boolean takes(WorkspacePath directory) {
    boolean isIgnored = rules.ignores(directory);
    if (isIgnored) {
      paths.add(root.root().shown(directory));
    }
    return isIgnored;
  }

  Optional<SkillProblem> problem() {
    String shown = String.join(", ", paths.stream().limit(SHOWN).toList());
    return paths.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new SkillProblem(
                Severity.NOTE,
                Kind.IGNORED,
                root.root().shown(root.start()),
                "git ignores %d directories, which were not looked at: %s%s"
                    .formatted(paths.size(), shown, paths.size() > SHOWN ? ", …" : "")));
  }
}
