package dev.homeport.claude;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.homeport.claude.ClaudeMemory.ConditionalRule;
import dev.homeport.claude.ClaudeMemory.Reason;
import dev.homeport.claude.ClaudeMemory.Skipped;
import dev.homeport.claude.ClaudePiece.Scope;
import dev.homeport.workspace.FileInfo;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspaceException;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Loads files of one root with what they import, each file once. Not thread-safe.
///
/// The root is a jail: what lies outside is listed as needing approval, and never opened.
final class PieceLoader {
  private final Workspace root;
  private final String label;
  private final List<ClaudePiece> pieces = new ArrayList<>();
  private final List<ConditionalRule> conditional = new ArrayList<>();
  private final List<Skipped> skipped = new ArrayList<>();
  private final Set<WorkspacePath> loaded = new HashSet<>();

  /// @param label what stands before the path of a source, such as `~/.claude/`
  PieceLoader(Workspace root, String label) {
    this.root = root;
    this.label = label;
  }

  ClaudeMemory result() {
    return new ClaudeMemory(pieces, conditional, skipped);
  }

  /// Loads a file that need not exist.
  void load(Scope scope, WorkspacePath path) throws IOException {
    Optional<WorkspacePath> file = existing(path, label + path, path.name());
    if (file.isPresent()) {
      read(file.get()).ifPresent(text -> add(scope, file.get(), null, text));
      followImports(scope, file.get());
    }
  }

  /// Loads the rules below a directory that need not exist, by name, depth first.
  void loadRules(Scope scope, WorkspacePath directory) throws IOException {
    if (root.stat(directory).filter(FileInfo::isDirectory).isEmpty()) {
      return;
    }
    for (FileInfo entry : root.list(directory)) {
      if (entry.isDirectory()) {
        loadRules(scope, entry.path());
      } else if (entry.path().name().endsWith(".md")) {
        loadRule(scope, entry.path());
      }
    }
  }

  private void loadRule(Scope scope, WorkspacePath path) throws IOException {
    Optional<WorkspacePath> file = existing(path, label + path, path.name());
    Optional<String> content = file.isPresent() ? read(file.get()) : Optional.empty();
    if (content.isEmpty()) {
      return;
    }
    RuleFile rule = RuleFile.parse(content.get());
    if (rule.paths().isEmpty()) {
      add(scope, file.get(), null, rule.text());
      followImports(scope, file.get());
    } else {
      conditional.add(new ConditionalRule(label + path, rule.paths()));
    }
  }

  private void add(Scope scope, WorkspacePath path, @Nullable String importedBy, String text) {
    pieces.add(new ClaudePiece(scope, label + path, importedBy, text, text.length()));
  }

  /// An import that is still to be followed.
  private record Pending(String target, WorkspacePath importer, int depth) {}

  private void followImports(Scope scope, WorkspacePath start) throws IOException {
    var pending = new ArrayDeque<Pending>();
    push(pending, start, 1);
    while (!pending.isEmpty()) {
      Pending next = pending.pop();
      String importer = label + next.importer();
      Optional<WorkspacePath> file = resolve(next);
      if (file.isEmpty() || loaded.contains(file.get())) {
        continue;
      }
      if (next.depth() > ClaudeResolver.MAX_DEPTH) {
        skipped.add(new Skipped(next.target(), importer, Reason.TOO_DEEP));
        continue;
      }
      Optional<String> text = read(file.get());
      if (text.isPresent()) {
        add(scope, file.get(), importer, text.get());
        push(pending, file.get(), next.depth() + 1);
      }
    }
  }

  private void push(ArrayDeque<Pending> pending, WorkspacePath importer, int depth) {
    pieces.stream()
        .filter(piece -> piece.source().equals(label + importer))
        .findFirst()
        .ifPresent(piece ->
            ImportScanner.scan(piece.text())
                .reversed()
                .forEach(target -> pending.push(new Pending(target, importer, depth))));
  }

  /// The file that an import names, if it stands in the root.
  private Optional<WorkspacePath> resolve(Pending pending) throws IOException {
    String target = pending.target();
    String importer = label + pending.importer();
    Optional<WorkspacePath> inside = inRoot(pending.importer().parent(), target);
    if (inside.isEmpty()) {
      skipped.add(new Skipped(target, importer, Reason.NEEDS_APPROVAL));
      return Optional.empty();
    }
    if (root.stat(inside.get()).isEmpty()) {
      if (looksLikeFile(target)) {
        skipped.add(new Skipped(target, importer, Reason.MISSING));
      }
      return Optional.empty();
    }
    return existing(inside.get(), importer, target);
  }

  /// `@someone` and `@types/node` are no imports that went missing.
  private static boolean looksLikeFile(String target) {
    return target.endsWith(".md") || target.startsWith("./") || target.startsWith("../");
  }

  /// Follows `.` and `..` by name, from a directory of the root; empty if that leads out of it.
  private Optional<WorkspacePath> inRoot(WorkspacePath directory, String target)
      throws IOException {
    String prefix = root.root() + "/";
    if (target.startsWith("~") || (target.startsWith("/") && !target.startsWith(prefix))) {
      return Optional.empty();
    }
    boolean absolute = target.startsWith(prefix);
    var names = new ArrayList<>(absolute ? List.of() : directory.segments());
    for (String name : (absolute ? target.substring(prefix.length()) : target).split("/", -1)) {
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

  /// The file at a path, or the one in the root that a link there leads to.
  private Optional<WorkspacePath> existing(WorkspacePath path, String source, String target)
      throws IOException {
    Optional<FileInfo> info = root.stat(path);
    if (info.isEmpty() || loaded.contains(path)) {
      return Optional.empty();
    }
    if (info.get().isFile()) {
      return Optional.of(path);
    }
    if (info.get().kind() != FileInfo.Kind.LINK) {
      return Optional.empty();
    }
    // The text of the link is only a name: what it names is opened inside the root like any other.
    Path link = Files.readSymbolicLink(root.root().resolve(path.toString()));
    Optional<WorkspacePath> inside = inRoot(path.parent(), link.toString());
    if (inside.isPresent() && root.stat(inside.get()).filter(FileInfo::isFile).isPresent()) {
      return inside.filter(file -> !loaded.contains(file));
    }
    skipped.add(new Skipped(target, source, Reason.NEEDS_APPROVAL));
    return Optional.empty();
  }

  private Optional<String> read(WorkspacePath path) throws IOException {
    loaded.add(path);
    try {
      byte[] bytes = root.read(path, ClaudeResolver.MAX_BYTES);
      return Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (WorkspaceException | CharacterCodingException e) {
      skipped.add(new Skipped(path.name(), label + path, Reason.UNREADABLE));
      return Optional.empty();
    }
  }
}
