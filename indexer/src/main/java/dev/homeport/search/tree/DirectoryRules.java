package dev.homeport.search.tree;

import dev.homeport.search.tree.IgnoreRules.Verdict;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The ignore rules in force in a directory: its own, then those of the directories above it.
///
/// For each kind of ignore file the nearest rule decides; among the kinds, the first that decides.
/// Rules of git count inside a git repository only, and end at the root of a nested one.
final class DirectoryRules {
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

  private final @Nullable DirectoryRules parent;
  private final Map<Kind, IgnoreRules> own;
  private final boolean isRepository;
  private final boolean inRepository;

  /// How many characters of a path from the root are left out for a path from here.
  private final int skipped;

  /// What comes before a path from the root for a path from here, if this is above the root.
  private final String prepended;

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
  }

  /// The rules of a directory above the root.
  ///
  /// @param prepended the path from that directory to the root, with a trailing `/`
  static DirectoryRules above(
      @Nullable DirectoryRules parent,
      Map<Kind, IgnoreRules> own,
      boolean isRepository,
      String prepended) {
    return new DirectoryRules(parent, new EnumMap<>(own), isRepository, 0, prepended);
  }

  /// The rules of the root or of a directory below it.
  ///
  /// @param path the path of the directory from the root, empty or with a trailing `/`
  DirectoryRules below(Map<Kind, IgnoreRules> own, boolean isRepository, String path) {
    return own.isEmpty() && !isRepository
        ? this
        : new DirectoryRules(this, own, isRepository, path.length(), "");
  }

  /// What the rules say about a path from the root.
  Verdict judge(String path, boolean isDirectory) {
    for (Kind kind : Kind.values()) {
      Verdict verdict = judge(kind, path, isDirectory);
      if (verdict != Verdict.NONE) {
        return verdict;
      }
    }
    return Verdict.NONE;
  }

  private Verdict judge(Kind kind, String path, boolean isDirectory) {
    if (kind.ofGit && !inRepository) {
      return Verdict.NONE;
    }
    for (DirectoryRules rules = this; rules != null; rules = rules.parent) {
      IgnoreRules ofKind = rules.own.get(kind);
      if (ofKind != null) {
        Verdict verdict = ofKind.judge(rules.relative(path), isDirectory);
        if (verdict != Verdict.NONE) {
          return verdict;
        }
      }
      if (kind.ofGit && kind != Kind.GLOBAL && rules.isRepository) {
        return Verdict.NONE;
      }
    }
    return Verdict.NONE;
  }

  private String relative(String path) {
    return prepended.isEmpty() ? path.substring(skipped) : prepended + path;
  }
}
