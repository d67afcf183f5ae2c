package dev.homeport.claude;

import dev.homeport.claude.ClaudeMemory.ConditionalRule;
import dev.homeport.claude.ClaudeMemory.Reason;
import dev.homeport.claude.ClaudePiece.Scope;
import dev.homeport.text.Markdown;
import dev.homeport.text.Utf8;
import dev.homeport.workspace.FileInfo;
import dev.homeport.workspace.WorkspaceException;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Loads files with what they import, each file once. Not thread-safe.
///
/// Only files of its roots are opened; what lies outside is listed as needing approval.
final class PieceLoader {
  private final Scope scope;
  private final List<ReadableRoot> roots;
  private final Optional<Path> home;
  private final Collected collected;

  /// @param scope whose instructions the files are, if nothing else is said
  /// @param roots where files may lie
  /// @param home what `~/` stands for
  PieceLoader(Scope scope, List<ReadableRoot> roots, Optional<Path> home, Collected collected) {
    this.scope = scope;
    this.roots = roots;
    this.home = home;
    this.collected = collected;
  }

  /// This loader for files of another scope.
  PieceLoader as(Scope other) {
    return new PieceLoader(other, roots, home, collected);
  }

  /// Loads a file that need not exist.
  ///
  /// @param label the source to name if it cannot be loaded
  void load(Path path, String label) throws IOException {
    Lookup lookup = Lookup.of(path, roots);
    if (lookup instanceof Lookup.Found found && found.isFile()) {
      loadFound(found);
    } else if (!(lookup instanceof Lookup.Missing)) {
      skip(lookup, String.valueOf(path.getFileName()), label);
    } else if (lookup.equals(new Lookup.Missing(true))) {
      collected.skip(String.valueOf(path.getFileName()), label, Reason.MISSING);
    }
  }

  private void loadFound(Lookup.Found found) throws IOException {
    if (!collected.isRead(found.key())) {
      collected.reach(found.key(), 0, null);
      read(found).ifPresent(text -> add(found, null, text));
      followImports(found);
    } else if (collected.reach(found.key(), 0, null)) {
      followImports(found);
    }
  }

  private void add(Lookup.Found found, @Nullable String importedBy, String text) {
    collected.add(
        found.key(), new ClaudePiece(scope, found.source(), importedBy, text, text.length()));
  }

  /// Tells why something was not loaded; a directory that is named is no import.
  private void skip(Lookup lookup, String target, String source) {
    switch (lookup) {
      case Lookup.Outside _ -> collected.skip(target, source, Reason.NEEDS_APPROVAL);
      case Lookup.Unreadable _ -> collected.skip(target, source, Reason.UNREADABLE);
      case Lookup.Missing(var isLink) -> {
        if (isLink || looksLikeFile(target)) {
          collected.skip(target, source, Reason.MISSING);
        }
      }
      case Lookup.Found _ -> {}
    }
  }

  /// Loads the rules below a directory that need not exist, by name, depth first.
  ///
  /// @param label the source to name if it cannot be loaded
  /// @param isTouched whether globs fit one of the files that are worked on
  void loadRules(Path directory, String label, Predicate<List<String>> isTouched)
      throws IOException {
    Lookup lookup = Lookup.of(directory, roots);
    if (!(lookup instanceof Lookup.Found found)) {
      skip(lookup, "rules", label);
      return;
    }
    if (found.isFile() || !collected.enter(found.key())) {
      return;
    }
    for (FileInfo entry : entries(found)) {
      Path path = found.key().resolve(entry.path().name());
      String source = found.root().label() + entry.path();
      boolean isNamedAsRule = entry.path().name().endsWith(".md");
      Lookup inside = Lookup.of(path, roots);
      if (inside instanceof Lookup.Found rule && rule.isFile()) {
        if (isNamedAsRule) {
          loadRule(rule, isTouched);
        }
      } else if (inside instanceof Lookup.Found) {
        loadRules(path, source, isTouched);
      } else if (isNamedAsRule || entry.kind() == FileInfo.Kind.LINK) {
        skip(inside, entry.path().name(), source);
      }
    }
  }

  private List<FileInfo> entries(Lookup.Found directory) throws IOException {
    try {
      return directory.root().jail().list(directory.path());
    } catch (WorkspaceException e) {
      collected.skip(directory.path().name(), directory.source(), Reason.UNREADABLE);
      return List.of();
    }
  }

  private void loadRule(Lookup.Found found, Predicate<List<String>> isTouched) throws IOException {
    if (collected.isRead(found.key())) {
      return;
    }
    Optional<String> content = read(found);
    if (content.isEmpty()) {
      return;
    }
    RuleFile rule = RuleFile.parse(content.get());
    if (rule.paths().isEmpty() || isTouched.test(rule.paths())) {
      collected.reach(found.key(), 0, null);
      add(found, null, rule.text());
      followImports(found);
    } else {
      collected.add(new ConditionalRule(found.source(), rule.paths()));
    }
  }

  /// An import that is still to be followed.
  private record Pending(String target, Lookup.Found importer, int depth) {}

  private void followImports(Lookup.Found start) throws IOException {
    var pending = new ArrayDeque<Pending>();
    push(pending, start, 1);
    while (!pending.isEmpty()) {
      Pending next = pending.pop();
      Lookup lookup = lookup(next);
      if (!(lookup instanceof Lookup.Found found) || !found.isFile()) {
        skip(lookup, next.target(), next.importer().source());
      } else if (next.depth() > ClaudeResolver.MAX_DEPTH) {
        collected.skipTooDeep(next.target(), next.importer().source(), found.key());
      } else if (!collected.isRead(found.key())) {
        collected.reach(found.key(), next.depth(), next.importer().source());
        read(found).ifPresent(text -> add(found, next.importer().source(), text));
        push(pending, found, next.depth() + 1);
      } else if (collected.reach(found.key(), next.depth(), next.importer().source())) {
        push(pending, found, next.depth() + 1);
      }
    }
  }

  private void push(ArrayDeque<Pending> pending, Lookup.Found importer, int depth) {
    collected
        .imports(importer.key())
        .reversed()
        .forEach(target -> pending.push(new Pending(target, importer, depth)));
  }

  private Lookup lookup(Pending pending) throws IOException {
    String target = pending.target();
    try {
      if (target.startsWith("~/")) {
        return home.isEmpty()
            ? new Lookup.Outside()
            : Lookup.of(home.get().resolve(target.substring(2)), roots);
      }
      return Lookup.of(pending.importer().key().resolveSibling(target), roots);
    } catch (InvalidPathException e) {
      return new Lookup.Missing(false);
    }
  }

  /// `@someone` and `@types/node` are no imports that went missing.
  private static boolean looksLikeFile(String target) {
    return target.endsWith(".md")
        || target.startsWith("./")
        || target.startsWith("../")
        || target.startsWith("~/");
  }

  /// The text of a file without HTML comments, which are for people.
  private Optional<String> read(Lookup.Found found) throws IOException {
    if (collected.isFull()) {
      collected.skip(found.path().name(), found.source(), Reason.TOO_MUCH);
      return Optional.empty();
    }
    try {
      byte[] bytes = found.root().jail().read(found.path(), ClaudeResolver.MAX_BYTES);
      Optional<String> text = Utf8.decode(bytes).filter(decoded -> decoded.indexOf('\0') < 0);
      if (text.isEmpty()) {
        collected.skip(found.path().name(), found.source(), Reason.NOT_TEXT);
      }
      return text.map(PieceLoader::withoutComments);
    } catch (WorkspaceException e) {
      boolean isTooLarge = e.kind() == WorkspaceException.Kind.TOO_LARGE;
      collected.skip(
          found.path().name(), found.source(), isTooLarge ? Reason.TOO_LARGE : Reason.UNREADABLE);
      return Optional.empty();
    }
  }

  private static String withoutComments(String text) {
    String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
    return Markdown.parse(plain).without(EnumSet.of(Markdown.Kind.COMMENT));
  }
}
