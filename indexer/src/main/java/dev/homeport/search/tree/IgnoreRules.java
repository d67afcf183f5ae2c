package dev.homeport.search.tree;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An ordered list of gitignore-style rules for paths below one directory; the last match wins.
///
/// Rules are read as ripgrep reads them, so that braces are alternatives, which git does not know;
/// those of a file not before they are needed, as most files of a tree that has not changed never
/// are. Thread-safe.
public final class IgnoreRules {
  /// What rules say about a path.
  public enum Verdict implements Judge {
    /// No rule matches.
    NONE,
    /// The last matching rule excludes the path.
    IGNORE,
    /// The last matching rule begins with `!`.
    WHITELIST;

    /// A verdict that is known already stands, whatever the path.
    @Override
    public Verdict judge(String path, boolean isDirectory) {
      return this;
    }
  }

  /// Knows what ignore files say about paths.
  public interface Judge {
    /// What they say about a path from the root.
    Verdict judge(String path, boolean isDirectory);
  }

  private record Rule(GlobMatcher glob, boolean whitelist, boolean onlyDirectories) {
    int last() {
      String end = glob.end();
      return end.isEmpty() ? ANY : Math.min(end.charAt(end.length() - 1), OTHER);
    }
  }

  static final IgnoreRules NONE = new IgnoreRules("", new Compiled(List.of()));

  private static final int ANY = -1;
  private static final int OTHER = 128;

  /// With fewer rules it is not worth it to choose among them.
  private static final int MANY = 12;

  private final String text;
  private volatile @Nullable Compiled compiled;

  private IgnoreRules(String text, @Nullable Compiled compiled) {
    this.text = text;
    this.compiled = compiled;
  }

  /// Rules that are understood.
  private static final class Compiled {
    final List<Rule> rules;

    /// For each last character of a path, if it is ASCII, and at the end for all others, the rules
    /// that can match it.
    final Rule[][] byLast = new Rule[OTHER + 1][];

    Compiled(List<Rule> rules) {
      this.rules = List.copyOf(rules);
      Rule[] all = rules.toArray(Rule[]::new);
      for (int last = 0; last <= OTHER; last++) {
        byLast[last] = all.length < MANY ? all : ending(all, last);
      }
    }
  }

  private static Rule[] ending(Rule[] all, int last) {
    var some = new ArrayList<Rule>();
    for (Rule rule : all) {
      if (rule.last() == ANY || rule.last() == last) {
        some.add(rule);
      }
    }
    return some.toArray(Rule[]::new);
  }

  /// The rules of an ignore file; lines that cannot be understood are left out.
  static IgnoreRules ofFile(String text) {
    return new IgnoreRules(text, null);
  }

  private Compiled compiled() {
    Compiled known = compiled;
    if (known == null) {
      known = new Compiled(read(text));
      compiled = known;
    }
    return known;
  }

  private static List<Rule> read(String text) {
    var rules = new ArrayList<Rule>();
    String content = text.startsWith("\uFEFF") ? text.substring(1) : text;
    content
        .lines()
        .forEach(line -> {
          try {
            add(rules, line, false);
          } catch (GlobSyntaxException e) {
            System.getLogger(IgnoreRules.class.getName())
                .log(Level.DEBUG, "rule=unreadable reason={0}", e.getMessage());
          }
        });
    return rules;
  }

  /// The rules of globs that a caller gave, which must all be understood.
  static IgnoreRules ofGlobs(List<String> globs, boolean ignoreCase) throws GlobSyntaxException {
    var rules = new ArrayList<Rule>();
    for (String glob : globs) {
      add(rules, glob, ignoreCase);
    }
    return new IgnoreRules("", new Compiled(rules));
  }

  private static void add(List<Rule> rules, String line, boolean ignoreCase)
      throws GlobSyntaxException {
    if (line.startsWith("#")) {
      return;
    }
    String glob = line.endsWith("\\ ") ? line : line.stripTrailing();
    if (glob.isEmpty()) {
      return;
    }
    boolean whitelist = false;
    boolean anchored = false;
    if (glob.startsWith("\\!") || glob.startsWith("\\#")) {
      glob = glob.substring(1);
    } else {
      whitelist = glob.startsWith("!");
      glob = whitelist ? glob.substring(1) : glob;
      anchored = glob.startsWith("/");
      glob = anchored ? glob.substring(1) : glob;
    }
    boolean onlyDirectories = glob.endsWith("/");
    if (onlyDirectories) {
      glob = glob.substring(0, glob.length() - 1);
      glob = glob.endsWith("\\") ? glob.substring(0, glob.length() - 1) : glob;
    }
    if (!anchored && glob.indexOf('/') < 0 && !glob.equals("**")) {
      glob = "**/" + glob;
    }
    if (glob.endsWith("/**")) {
      glob += "/*";
    }
    rules.add(new Rule(GlobMatcher.compile(glob, ignoreCase), whitelist, onlyDirectories));
  }

  boolean isEmpty() {
    return compiled().rules.isEmpty();
  }

  /// Whether there is a rule without `!`.
  boolean hasExclusions() {
    return compiled().rules.stream().anyMatch(rule -> !rule.whitelist());
  }

  /// What the rules say about a path relative to their directory.
  Verdict judge(String path, boolean isDirectory) {
    Rule[] possible =
        compiled().byLast[path.isEmpty() ? OTHER : Math.min(path.charAt(path.length() - 1), OTHER)];
    for (int i = possible.length - 1; i >= 0; i--) {
      Rule rule = possible[i];
      if ((isDirectory || !rule.onlyDirectories()) && rule.glob().matches(path)) {
        return rule.whitelist() ? Verdict.WHITELIST : Verdict.IGNORE;
      }
    }
    return Verdict.NONE;
  }
}
