package dev.homeport.skills.store;

import dev.homeport.skills.source.ForeignLock;
import dev.homeport.skills.source.LockedSource;
import dev.homeport.skills.source.SkillLock;
import dev.homeport.skills.source.SourceName;
import dev.homeport.skills.source.SourceOrigin;
import dev.homeport.workspace.Workspace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What there is to import from a `skills-lock.json`.
///
/// @param imports what can be fetched
/// @param obstacles what cannot, and what to do, one sentence each
public record Imports(List<Import> imports, List<String> obstacles) {
  /// Copies the lists.
  public Imports {
    imports = List.copyOf(imports);
    obstacles = List.copyOf(obstacles);
  }

  static Imports of(Workspace workspace, SkillLock lock) throws IOException {
    var imports = new ArrayList<Import>();
    var obstacles = new ArrayList<String>();
    Set<SourceName> taken = new HashSet<>(lock.sources().keySet());
    Optional<ForeignLock> foreign = ForeignLockFile.read(workspace);
    for (ForeignLock.Entry entry : foreign.map(ForeignLock::entries).orElse(List.of())) {
      Optional<SourceName> name = SourceName.near(entry.skill());
      if (entry.origin().isEmpty()) {
        obstacles.add(entry.obstacle());
      } else if (name.isPresent()
          && lock.sources().values().stream().noneMatch(source -> holds(source, entry))
          && taken.add(name.get())) {
        imports.add(new Import(name.get(), entry.origin().get(), entry.hash()));
      }
    }
    return new Imports(imports, obstacles);
  }

  /// Whether a source brings the skill already.
  private static boolean holds(LockedSource source, ForeignLock.Entry entry) {
    return switch (source.origin()) {
      case SourceOrigin.Git git ->
          entry.origin().orElse(null) instanceof SourceOrigin.Git other
              && plain(git.url()).equals(plain(other.url()))
              && other.path().startsWith(git.path());
      case SourceOrigin.Directory directory ->
          entry.origin().orElse(null) instanceof SourceOrigin.Directory other
              && (plain(other.path()) + "/").startsWith(plain(directory.path()) + "/");
      case SourceOrigin.WellKnown _ -> false;
    };
  }

  private static String plain(String place) {
    String text = place.startsWith("./") ? place.substring(2) : place;
    return text.endsWith(".git") ? text.substring(0, text.length() - 4) : text;
  }
}
