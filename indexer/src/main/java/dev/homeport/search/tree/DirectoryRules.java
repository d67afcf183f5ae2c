package dev.homeport.search.tree;

import dev.homeport.search.tree.IgnoreRules.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The ignore rules in force in a directory: its own, then those of the directories above it.
///
/// For each kind of ignore file the nearest rule decides; among the kinds, the first that decides.
/// Rules of git count inside a git repository only, and end at the root of a nested one.
public final class DirectoryRules implements IgnoreRules.Judge {
  /// The kinds of ignore files, first the strongest.
  enum Kind {
    RIPGREP(".rgignore", false),
    IGNORE(".ignore", false),
    GITIGNORE(".gitignore", true),
    EXCLUDE(".git/info/exclude", true),
    GLOBAL("git/ignore", true);

    private final String file;
    private final boolean ofGit;

    Kind(String file, boolean ofGit) {
      this.file = file;
      this.ofGit = ofGit;
    }

    String file() {
      return file;
    }
  }

  /// No rules at all.
  public static final DirectoryRules NONE = above(null, Map.of(), false, "");

  private final @Nullable DirectoryRules parent;
  private final Map<Kind, IgnoreRules> own;
  private final boolean isRepository;
  private final boolean inRepository;

  /// How many characters of a path from the root are left out for a path from here.
  private final int skipped;

  /// What comes before a path from the root for a path from here, if this is above the root.
  private final String prepended;

  private final List<Scoped> strongestFirst;

  private DirectoryRules(
      @Nullable DirectoryRules parent,
      Map<Kind, IgnoreRules> own,
      boolean isRepository,
      int skipped,
      String prepended) {
    this.parent = parent;
    this.own = own;
    this.isRepository = isRepository;
    this.inRepository = isRepository || (parent != null && parent.inRepository);
    this.skipped = skipped;
    this.prepended = prepended;
    this.strongestFirst = strongestFirst();
  }

  /// The rules of a directory above the root.
  ///
  /// @param prepended the path from that directory to the root, with a trailing `/`
  static DirectoryRules above(
      @Nullable DirectoryRules parent,
      Map<Kind, IgnoreRules> own,
      boolean isRepository,
      String prepended) {
    return new DirectoryRules(parent, Map.copyOf(own), isRepository, 0, prepended);
  }

  /// The rules of the root or of a directory below it.
  ///
  /// @param path the path of the directory from the root, empty or with a trailing `/`
  DirectoryRules below(Map<Kind, IgnoreRules> own, boolean isRepository, String path) {
    return own.isEmpty() && !isRepository
        ? this
        : new DirectoryRules(this, own, isRepository, path.length(), "");
  }

  @Override
  public Verdict judge(String path, boolean isDirectory) {
    for (Scoped rules : strongestFirst) {
      Verdict verdict = rules.judge(path, isDirectory);
      if (verdict != Verdict.NONE) {
        return verdict;
      }
    }
    return Verdict.NONE;
  }

  /// All rules that can decide here, first the strongest.
  private List<Scoped> strongestFirst() {
    var all = new ArrayList<Scoped>();
    for (Kind kind : Kind.values()) {
      if (kind.ofGit && !inRepository) {
        continue;
      }
      for (DirectoryRules rules = this; rules != null; rules = rules.parent) {
        IgnoreRules ofKind = rules.own.get(kind);
        if (ofKind != null) {
          all.add(new Scoped(ofKind, rules.skipped, rules.prepended));
        }
        if (kind.ofGit && kind != Kind.GLOBAL && rules.isRepository) {
          break;
        }
      }
    }
    return List.copyOf(all);
  }

  /// The rules of one file, with what makes a path from the root one from its directory.
  private record Scoped(IgnoreRules rules, int skipped, String prepended) {
    Verdict judge(String path, boolean isDirectory) {
      String relative = prepended.isEmpty() ? path.substring(skipped) : prepended + path;
      return rules.judge(relative, isDirectory);
    }
  }
}
